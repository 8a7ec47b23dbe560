@echo off
rem Tidemark: serves without a word, runs a verb with one (tidemark --help), runs every test with "test".
setlocal
set DOTNET_CLI_TELEMETRY_OPTOUT=1
set DOTNET_NOLOGO=1
if /i "%~1"=="test" (
  node "%~dp0tests\all.mjs" %2 %3 %4 %5
  exit /b
)
dotnet run --project "%~dp0src\Tidemark" -- %*
