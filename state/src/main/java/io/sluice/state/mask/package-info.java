/**
 * Which weights are active, and when that changes: dynamic sparse training of tensors whose number
 * of active weights is fixed.
 *
 * <p>A {@link io.sluice.state.mask.SparsityMethod} is a pair of criteria, one for what is dropped
 * and one for what grows; {@link io.sluice.state.mask.MaskExchange} applies them to the units of a
 * tensor, which may be single weights or blocks; {@link io.sluice.state.mask.MaskSchedule} counts
 * examples and says when. What a unit is and where it stands is the affair of {@code state.sparse}
 * and {@code state.tower}.
 */
package io.sluice.state.mask;
