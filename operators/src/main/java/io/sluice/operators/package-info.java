/** Names that must never change by accident: operator uids and state names. */
package io.sluice.operators;
