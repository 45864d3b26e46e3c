/** The job file as records: what it may say, where it comes from, and what is wrong with it. */
@NullMarked
package dev.threadsmigration.config;

import org.jspecify.annotations.NullMarked;
