/**
 * Rerank requests: one way to answer, whichever door they come through, and the function that
 * answers those of a topic. Where the view comes from and where replies go is given.
 */
package io.sluice.operators.rerank;
