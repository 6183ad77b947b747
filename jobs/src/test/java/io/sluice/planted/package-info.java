/**
 * One fault per architecture rule, laid out in the packages of the real tree, and lawful neighbours
 * ({@code Lawful…}) that no rule may blame. Never used by anything but {@code ArchitectureTest}.
 */
package io.sluice.planted;
