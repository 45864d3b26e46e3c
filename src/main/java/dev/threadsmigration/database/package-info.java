/** What differs between database servers, and how they are asked: names, types, bulk loading, what an error means. */
@NullMarked
package dev.threadsmigration.database;

import org.jspecify.annotations.NullMarked;
