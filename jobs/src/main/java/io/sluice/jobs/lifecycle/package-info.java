/** What begins and ends together. */
package io.sluice.jobs.lifecycle;
