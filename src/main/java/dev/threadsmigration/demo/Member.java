package dev.threadsmigration.demo;

/** A legacy user and the language they write in. */
record Member(LegacyUser row, Language language) {}
