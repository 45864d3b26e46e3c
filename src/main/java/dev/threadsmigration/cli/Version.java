package dev.threadsmigration.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this jar. */
final class Version implements IVersionProvider {

    /** The version; {@code development} where the classes do not come from a jar. */
    static String current() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"threads-migration " + current()};
    }
}
