/** Files that we leave: each is there whole, or as it was before. */
package io.sluice.state.file;
