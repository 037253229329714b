/** What running a model takes. */
export interface MemoryEstimate {
  readonly weightsBytes: number;
  /** Cache and compute buffers of one context. */
  readonly contextBytes: number;
  /** Both together. */
  readonly totalBytes: number;
}

/** A machine's memory, or what a container may use of it. */
export interface MachineMemory {
  readonly totalBytes: number;
  /** What programs can still be given without swapping. */
  readonly availableBytes: number;
}
