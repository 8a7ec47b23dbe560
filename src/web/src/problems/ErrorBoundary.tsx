import { Component, type ReactNode } from 'react';
import { Crash } from './Crash';
import { type Receipt, reportProblem } from './report';

interface BoundaryProps {
  readonly children: ReactNode;
}

interface BoundaryState {
  readonly error: Error | null;
  readonly receipt: Receipt | null;
}

/** Catches what rendering throws, reports it and shows a page instead of nothing. React offers this to classes alone. */
export class ErrorBoundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: null, receipt: null };

  static getDerivedStateFromError(error: Error): BoundaryState {
    return { error, receipt: null };
  }

  override componentDidCatch(error: Error): void {
    void reportProblem(error).then((receipt) => this.setState({ receipt }));
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <Crash receipt={this.state.receipt} />;
  }
}
