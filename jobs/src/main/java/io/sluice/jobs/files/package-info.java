/** Files of our own: folders for the time of a run, and texts that come with the program. */
package io.sluice.jobs.files;
