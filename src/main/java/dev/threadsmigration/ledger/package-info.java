/** What the tool remembers, in the target database: every record's outcome, every run, who may run now. */
@NullMarked
package dev.threadsmigration.ledger;

import org.jspecify.annotations.NullMarked;
