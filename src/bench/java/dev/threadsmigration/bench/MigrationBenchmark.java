package dev.threadsmigration.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.util.FileSystemUtils;

/**
 * Moves the same legacy threads in every way there is to compare with, and takes them out again, in turns, each from the
 * same state of the target, and prints how fast each was. A way that does not leave exactly the right rows ends the
 * benchmark.
 */
public final class MigrationBenchmark {

    private static final Path FOLDER = Path.of("target", "benchmark");
    private static final Path REPORT = Path.of("target", "benchmark.json");

    /** Enough for a way that is slow, and the slower the longer it takes. */
    private static final long ROW_BY_ROW_THREADS = 20_000;

    private final BenchmarkSettings settings;
    private final LegacyForum legacy;
    private final TargetTables target;
    private final Map<Long, Fingerprint> expected = new HashMap<>();

    private MigrationBenchmark(BenchmarkSettings settings, LegacyForum legacy, TargetTables target) {
        this.settings = settings;
        this.legacy = legacy;
        this.target = target;
    }

    public static void main(String[] arguments) throws IOException {
        Installation.requireJar();
        BenchmarkSettings settings = BenchmarkSettings.fromSystemProperties();
        FileSystemUtils.deleteRecursively(FOLDER);
        Path folder = Files.createDirectories(FOLDER.toAbsolutePath());
        try (BenchmarkServer server = BenchmarkServer.start(settings, folder)) {
            Machine machine = Machine.with(server);
            System.out.printf("%s%n%,d threads of %,d users%n", machine, settings.threads(), settings.users());
            LegacyForum legacy =
                    LegacyForum.fill(server.createDatabase("legacy"), settings.users(), settings.threads());
            TargetTables target = TargetTables.create(server.createDatabase("target"), settings.users());
            MigrationBenchmark benchmark = new MigrationBenchmark(settings, legacy, target);
            benchmark.measure(machine, new Programs(folder, legacy.database(), target.database()));
        }
    }

    private void measure(Machine machine, Programs programs) {
        Peer pipe = CopyPipe.one(legacy, target, programs);
        Installation tool = Installation.in(programs);
        Peer ours = MigrationPeer.indexesInPlace(legacy, target, tool);
        Peer oursDeferred = MigrationPeer.deferred(legacy, target, tool);
        List<Result> results = run(List.of(
                JavaPeer.rowByRow(programs, target, Math.min(ROW_BY_ROW_THREADS, settings.threads())),
                JavaPeer.tutorial(programs, settings.threads()),
                pipe,
                CopyPipe.two(legacy, target, programs),
                CopyPipe.deferred(legacy, target, programs),
                new Pgloader(legacy, target, programs),
                ours,
                oursDeferred,
                MigrationPeer.whole(legacy, target, tool),
                MigrationPeer.again(legacy, target, tool),
                MigrationPeer.later(legacy, target, tool),
                Deletion.bare(legacy, target, tool),
                Deletion.withCopies(legacy, target, tool),
                MigrationPeer.back(legacy, target, tool)));
        Ratios ratios = Ratios.of(results, pipe, ours, oursDeferred);
        System.out.printf("%n%s", new ResultTable(results, ratios));
        BenchmarkReport.of(settings, machine, results, ratios).write(REPORT);
    }

    /** In turns, so that what changes on the machine meanwhile changes for all. */
    private List<Result> run(List<Peer> all) {
        Map<Peer, List<Run>> runs = new LinkedHashMap<>();
        all.stream().filter(settings::wants).forEach(peer -> runs.put(peer, new ArrayList<>()));
        for (int number = 1; number <= settings.runs(); number++) {
            for (Map.Entry<Peer, List<Run>> peer : runs.entrySet()) {
                if (peer.getKey().missing() == null) {
                    Run run = run(peer.getKey());
                    System.out.printf(
                            "run %d  %-40s %.1f s%n", number, peer.getKey().name(), run.seconds());
                    peer.getValue().add(run);
                }
            }
        }
        return runs.entrySet().stream()
                .map(entry -> {
                    Peer peer = entry.getKey();
                    return new Result(peer.name(), peer.threads(), peer.left() > 0, peer.missing(), entry.getValue());
                })
                .toList();
    }

    private Run run(Peer peer) {
        target.reset();
        peer.prepare();
        Run run = peer.run();
        Fingerprint wanted = expected.computeIfAbsent(peer.left(), legacy::expected);
        Fingerprint found = target.fingerprint();
        if (!found.equals(wanted)) {
            throw new IllegalStateException("%s: expected %s, but found %s".formatted(peer.name(), wanted, found));
        }
        if (!target.isWhole()) {
            throw new IllegalStateException(peer.name() + " left the target without some index or its foreign key");
        }
        peer.check();
        return run;
    }
}
