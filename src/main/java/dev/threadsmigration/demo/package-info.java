/**
 * The demo's two databases: a legacy forum with believable content, one or two bad records of every kind that the tool
 * rejects, and a target that is already in use. Everything is fixed: the same rows on every machine, at any time.
 */
package dev.threadsmigration.demo;
