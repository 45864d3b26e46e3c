package dev.threadsmigration.target;

import dev.threadsmigration.support.Forum;

class H2CreatedTargetIntegrationTests extends CreatedTargetContract {

    @Override
    Forum databases() {
        return Forum.onH2();
    }
}
