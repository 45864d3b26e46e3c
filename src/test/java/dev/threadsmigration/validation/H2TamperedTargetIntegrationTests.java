package dev.threadsmigration.validation;

import dev.threadsmigration.support.Forum;

class H2TamperedTargetIntegrationTests extends TamperedTargetContract {

    @Override
    Forum databases() {
        return Forum.onH2();
    }
}
