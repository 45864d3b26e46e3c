package dev.threadsmigration.bench;

import java.util.regex.Pattern;

/**
 * What the command line asks for, by system properties {@code bench.*}.
 *
 * @param threads how many legacy threads there are
 * @param users how many users own them
 * @param runs how often each peer runs
 * @param peers a pattern that finds the names of those that run
 * @param url the JDBC URL of a PostgreSQL to run on; blank: an embedded one
 */
record BenchmarkSettings(long threads, long users, int runs, Pattern peers, String url, String user, String password) {

    static BenchmarkSettings fromSystemProperties() {
        return new BenchmarkSettings(
                Long.getLong("bench.threads", 1_000_000),
                Long.getLong("bench.users", 50_000),
                Integer.getInteger("bench.runs", 3),
                Pattern.compile(System.getProperty("bench.peers", ".*")),
                System.getProperty("bench.url", ""),
                System.getProperty("bench.user", "postgres"),
                System.getProperty("bench.password", ""));
    }

    boolean wants(Peer peer) {
        return peers.matcher(peer.name()).find();
    }
}
