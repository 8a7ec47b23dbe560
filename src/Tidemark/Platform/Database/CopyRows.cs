using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace Tidemark.Platform.Database;

/// <summary>Rows of mixed fields in PostgreSQL's binary COPY format, written field by field into one buffer that is sent when it is full.</summary>
public sealed class CopyRows : IAsyncDisposable
{
    const int BufferBytes = 1 << 18, LargestRow = 1 << 14;

    static readonly long Epoch = new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero).UtcTicks;

    readonly NpgsqlRawCopyStream _copy;
    readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    int _used;
    bool _isComplete;

    CopyRows(NpgsqlRawCopyStream copy)
    {
        _copy = copy;
        Header.CopyTo(_buffer);
        _used = Header.Length;
    }

    /// <summary>PGCOPY, a line of bytes that text modes would spoil, no flags, no extension.</summary>
    static ReadOnlySpan<byte> Header => [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00, 0, 0, 0, 0, 0, 0, 0, 0];

    public static async Task<CopyRows> Begin(NpgsqlConnection connection, string command, CancellationToken stop) => new(await connection.BeginRawBinaryCopyAsync(command, stop));

    /// <summary>Begins a row of that many fields; a row may take sixteen kilobytes.</summary>
    public ValueTask Row(short fields, CancellationToken stop)
    {
        if (_used + LargestRow <= _buffer.Length)
        {
            Put(fields);
            return ValueTask.CompletedTask;
        }
        return SendAndBegin(fields, stop);
    }

    async ValueTask SendAndBegin(short fields, CancellationToken stop)
    {
        await Send(stop);
        Put(fields);
    }

    public void Short(short value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), sizeof(short));
        Put(value);
    }

    public void Whole(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), sizeof(int));
        BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), value);
    }

    public void Number(double value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), sizeof(double));
        BinaryPrimitives.WriteDoubleBigEndian(Take(sizeof(double)), value);
    }

    public void Number(double? value)
    {
        if (value is { } number)
        {
            Number(number);
        }
        else
        {
            Null();
        }
    }

    public void Time(DateTimeOffset value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), sizeof(long));
        BinaryPrimitives.WriteInt64BigEndian(Take(sizeof(long)), (value.UtcTicks - Epoch) / TimeSpan.TicksPerMicrosecond);
    }

    public void Time(DateTimeOffset? value)
    {
        if (value is { } time)
        {
            Time(time);
        }
        else
        {
            Null();
        }
    }

    public void Flag(bool value)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), 1);
        Take(1)[0] = value ? (byte)1 : (byte)0;
    }

    public void Text(string? value)
    {
        if (value is null)
        {
            Null();
            return;
        }
        var length = Encoding.UTF8.GetByteCount(value);
        BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), length);
        Encoding.UTF8.GetBytes(value, Take(length));
    }

    public void Null() => BinaryPrimitives.WriteInt32BigEndian(Take(sizeof(int)), -1);

    /// <summary>Ends the copy; without this, nothing of it stays.</summary>
    public async Task Complete(CancellationToken stop)
    {
        Put(-1);
        await Send(stop);
        _isComplete = true;
    }

    async ValueTask Send(CancellationToken stop)
    {
        await _copy.WriteAsync(_buffer.AsMemory(0, _used), stop);
        _used = 0;
    }

    void Put(short value) => BinaryPrimitives.WriteInt16BigEndian(Take(sizeof(short)), value);

    Span<byte> Take(int length)
    {
        var taken = _buffer.AsSpan(_used, length);
        _used += length;
        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        if (!_isComplete)
        {
            await _copy.CancelAsync();
        }
        await _copy.DisposeAsync();
    }
}
