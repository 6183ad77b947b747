/**
 * Versioned bytes for all that is checkpointed or sent.
 *
 * <p>Whatever leaves the process has a format here, with a version, and whatever comes back is
 * checked: magic, version, length, checksum, and the invariants of the values. A fault says what
 * was found and what is supported.
 */
package io.sluice.state.codec;
