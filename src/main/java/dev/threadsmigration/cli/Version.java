package dev.threadsmigration.cli;

import dev.threadsmigration.ledger.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/** The version of this jar. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"threads-migration " + BuildVersion.current()};
    }
}
