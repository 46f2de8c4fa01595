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
 * Checks before the containers start that each {@link ProjectionGuard} that a bean uses has its table. If the database
 * does not answer, the application starts nevertheless, and the guard fails with the reason when it is used.
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
                    "The ProjectionGuard bean '" + name + "' cannot be used: " + unusable.getMessage(),
                    "Create or correct its table, or remove the guard from the beans that use it.",
                    unusable);
        } catch (RuntimeException noAnswer) {
            log.warn(
                    "The table of the ProjectionGuard '{}' could not be checked: {}. If it does not exist, the guard"
                            + " fails when it is used.",
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
