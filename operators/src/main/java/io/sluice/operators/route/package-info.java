/** The first operator behind the sources: what could not be read leaves the stream here. */
package io.sluice.operators.route;
