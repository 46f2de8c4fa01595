package io.triggerquery.consumer.autoconfigure;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.internal.failure.OneLine;
import io.triggerquery.consumer.projection.ProjectionChangeListener;
import io.triggerquery.consumer.projection.TableProjection;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.ResolvableType;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;

/**
 * Checks before the containers start that each {@link TableProjection} is used and that its table can store its record.
 * If the database does not answer, the application starts nevertheless, and the first write checks the table.
 */
final class ProjectionsAtStart implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger("io.triggerquery.consumer");

    private final ConfigurableListableBeanFactory beans;
    private volatile boolean running;

    ProjectionsAtStart(ConfigurableListableBeanFactory beans) {
        this.beans = beans;
    }

    @Override
    public void start() {
        List<Class<?>> records = new ArrayList<>();
        for (String name : beans.getBeanNamesForType(TableProjection.class, true, false)) {
            TableProjection<?> projection = beans.getBean(name, TableProjection.class);
            records.add(projection.type());
            if (!projection.type().isAnnotationPresent(TriggerQueryListener.class)
                    && beans.getDependentBeans(name).length == 0) {
                throw new FailureAnalyzedException(
                        "The projection " + projection.type().getName()
                                + " has no @TriggerQueryListener, and no bean uses its TableProjection, so nothing"
                                + " writes its table.",
                        "Add @TriggerQueryListener(topics = \"...\", source = ...) to the record, or inject"
                                + " TableProjection<" + projection.type().getSimpleName()
                                + "> into the bean with the listener method.");
            }
            check(projection);
        }
        checkListeners(records);
        running = true;
    }

    private static void check(TableProjection<?> projection) {
        try {
            projection.checkTable();
        } catch (FailureAnalyzedException unsuitable) {
            throw unsuitable;
        } catch (IllegalStateException guard) {
            throw new FailureAnalyzedException(
                    "The projection " + projection.type().getName() + " is guarded, and the guard cannot be used: "
                            + guard.getMessage(),
                    "Create or correct the guard's table.",
                    guard);
        } catch (RuntimeException noAnswer) {
            log.warn(
                    "The table of the projection {} could not be checked: {}. It is checked when it is first written.",
                    projection.type().getName(),
                    OneLine.of(noAnswer));
        }
    }

    private void checkListeners(List<Class<?>> records) {
        for (String name : beans.getBeanNamesForType(ProjectionChangeListener.class, true, false)) {
            boolean called = records.stream()
                    .anyMatch(type -> beans.isTypeMatch(
                            name, ResolvableType.forClassWithGenerics(ProjectionChangeListener.class, type)));
            if (!called) {
                throw new FailureAnalyzedException(
                        "The ProjectionChangeListener '" + name
                                + "' is for no projection, so it would never be called.",
                        "Name a record with @TriggerQueryProjection as the type argument where the bean is declared.");
            }
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
