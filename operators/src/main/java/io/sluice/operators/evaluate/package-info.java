/** Judged predictions gathered into windows for the {@code scores} topic. */
package io.sluice.operators.evaluate;
