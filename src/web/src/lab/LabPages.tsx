import { Route, Switch } from 'wouter';
import { NotFoundPage } from '../frame/NotFoundPage';
import { ComparePage } from './compare/ComparePage';
import { DataPage } from './data/DataPage';
import { IndicatorsPage } from './indicators/IndicatorsPage';
import { OptimiserPage } from './optimise/OptimiserPage';
import { PaperPage } from './paper/PaperPage';
import { SessionPage } from './paper/SessionPage';
import { RunPage } from './result/RunPage';
import { BacktestPage } from './runs/BacktestPage';
import { NewStrategyPage } from './strategies/NewStrategyPage';
import { StrategiesPage } from './strategies/StrategiesPage';
import { StrategyPage } from './strategies/StrategyPage';
import { LabWords } from './useLabTexts';

/** The laboratory, loaded when the first of its pages is opened. */
export function LabPages() {
  return (
    <LabWords>
      <Switch>
        <Route path="/backtest" component={BacktestPage} />
        <Route path="/backtest/runs/:id">{({ id }) => <RunPage id={id} />}</Route>
        <Route path="/backtest/compare" component={ComparePage} />
        <Route path="/backtest/optimiser" component={OptimiserPage} />
        <Route path="/backtest/paper" component={PaperPage} />
        <Route path="/backtest/paper/:id">
          {({ id }) => (/^\d{1,15}$/.test(id) ? <SessionPage id={Number(id)} /> : <NotFoundPage />)}
        </Route>
        <Route path="/backtest/strategies" component={StrategiesPage} />
        <Route path="/backtest/strategies/new" component={NewStrategyPage} />
        <Route path="/backtest/strategies/:key">{({ key }) => <StrategyPage id={key} />}</Route>
        <Route path="/backtest/indicators" component={IndicatorsPage} />
        <Route path="/backtest/data" component={DataPage} />
        <Route component={NotFoundPage} />
      </Switch>
    </LabWords>
  );
}
