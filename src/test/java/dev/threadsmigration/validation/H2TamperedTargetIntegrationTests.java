package dev.threadsmigration.validation;

import dev.threadsmigration.support.Forum;
import java.util.List;

class H2TamperedTargetIntegrationTests extends TamperedTargetContract {

    @Override
    Forum databases() {
        return Forum.onH2();
    }

    @Override
    List<String> otherMetadataTypes() {
        return List.of("text");
    }
}
