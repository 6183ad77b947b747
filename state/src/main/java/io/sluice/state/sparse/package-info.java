/**
 * Which weights exist, and when that changes: the tables that hold embedding rows.
 *
 * <p>{@link io.sluice.state.sparse.EmbeddingTable} is the border between a model and its store: a
 * model asks for rows by key and works on the arena in place; the store decides which keys have a
 * row. Nothing here knows a loss or a gradient.
 */
package io.sluice.state.sparse;
