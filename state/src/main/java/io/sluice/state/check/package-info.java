/**
 * Argument checks that speak with one voice: every fault names the field, says what was expected
 * and shows the value found.
 */
package io.sluice.state.check;
