package dev.threadsmigration.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the figures hold for.
 *
 * @param settings of the server, by name: those on which the speed of writing depends
 */
record Machine(int cores, long memoryMegabytes, String os, String java, String postgres, Map<String, String> settings) {

    static Machine with(BenchmarkServer server) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (String name :
                new String[] {"fsync", "synchronous_commit", "full_page_writes", "shared_buffers", "max_wal_size"}) {
            settings.put(name, server.setting(name));
        }
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize() >> 20,
                "%s %s %s"
                        .formatted(
                                System.getProperty("os.name"),
                                System.getProperty("os.version"),
                                System.getProperty("os.arch")),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                server.describe(),
                settings);
    }
}
