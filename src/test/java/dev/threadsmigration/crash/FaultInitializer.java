package dev.threadsmigration.crash;

import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/** Puts fault points around the beans of a migration that was started with a fault. */
final class FaultInitializer implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Fault fault = Fault.in(context.getEnvironment());
        if (fault != null) {
            context.getBeanFactory().addBeanPostProcessor(new FaultPoints(fault));
        }
    }
}
