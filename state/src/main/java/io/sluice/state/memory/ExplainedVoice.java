package io.sluice.state.memory;

/**
 * What one voice of a memory did to one prediction, for people.
 *
 * @param name its key, and how fast it forgets
 * @param says its correction, in the memory's own unit
 * @param counts what the gate multiplied that by; 0 where the gate is shut
 * @param evidence from how much it speaks, in units of p(1 − p)
 */
public record ExplainedVoice(String name, double says, double counts, double evidence) {}
