/** The command line: what a person types, what the exit code says, and the run in between. */
@NullMarked
package dev.threadsmigration.cli;

import org.jspecify.annotations.NullMarked;
