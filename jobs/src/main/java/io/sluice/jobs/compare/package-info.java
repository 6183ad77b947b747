/**
 * Several configurations over one stream, side by side: which of two differences is real?
 *
 * <p>Every arm runs exactly as {@code replay} does, one after the other in this process. Here arms
 * are named, loaded, run and paired; statistics come from {@code state.evaluate}, looks from {@code
 * jobs.report}.
 */
package io.sluice.jobs.compare;
