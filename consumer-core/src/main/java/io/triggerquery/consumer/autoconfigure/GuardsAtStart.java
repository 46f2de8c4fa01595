package io.triggerquery.consumer.autoconfigure;

import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.projection.ProjectionGuard;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/**
 * Checks before the containers start that each {@link ProjectionGuard} that a bean uses has its table. Where the
 * database does not answer, the application starts nevertheless, and the guard says what is missing when it is asked.
 */
final class GuardsAtStart implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final ConfigurableListableBeanFactory beans;
    private volatile boolean running;

    GuardsAtStart(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void start() {
        for (String name : beans.getBeanNamesForType(ProjectionGuard.class, true, false)) {
            if (beans.getDependentBeans(name).length > 0) {
                check(name, beans.getBean(name, ProjectionGuard.class));
            }
        }
        running = true;
    }

    private static void check(String name, ProjectionGuard guard) {
        try {
            guard.checkTable();
        } catch (IllegalStateException unusable) {
            throw new FailureAnalyzedException(
                    "The bean '" + name + "', a ProjectionGuard, cannot work: " + unusable.getMessage(),
                    "Do as it says, or remove the guard from the beans that use it.",
                    unusable);
        } catch (RuntimeException noAnswer) {
            log.warn(
                    "Whether the table of the ProjectionGuard '{}' is there could not be checked: {}. It says so when it"
                            + " is asked",
                    name,
                    OneLine.of(noAnswer));
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return AbstractMessageListenerContainer.DEFAULT_PHASE - 1;
    }
}
