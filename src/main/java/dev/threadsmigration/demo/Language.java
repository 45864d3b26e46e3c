package dev.threadsmigration.demo;

import java.time.ZoneOffset;

/**
 * One language of the demo's forum.
 *
 * @param weight how many members write in it, relative to the other weights
 * @param offset where their clocks are, so that legacy times carry many offsets
 * @param name the order of {@code {given}} and {@code {family}}
 */
record Language(
        int weight,
        ZoneOffset offset,
        String name,
        String[] given,
        String[] family,
        String[] tasks,
        String[] features,
        String[] problems,
        String[] subjects,
        String[] comments) {}
