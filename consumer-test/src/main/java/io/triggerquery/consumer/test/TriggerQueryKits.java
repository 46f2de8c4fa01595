package io.triggerquery.consumer.test;

import io.triggerquery.consumer.internal.listener.ConsumerSettings;
import io.triggerquery.consumer.internal.listener.ListenerDefinition;
import io.triggerquery.consumer.internal.listener.ListenerSources;
import io.triggerquery.consumer.internal.listener.TriggerListenerPostProcessor;
import io.triggerquery.consumer.internal.query.Failures;
import io.triggerquery.consumer.spi.BackOff;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;

/**
 * The kits of the application's listeners, each with its own clock.
 *
 * <p>Threads: the test's thread only.
 */
public final class TriggerQueryKits {

    private final Supplier<List<ListenerDefinition>> definitions;
    private final BeanFactory beans;
    private final ConsumerSettings settings;
    private final Failures failures;
    private final @Nullable BackOff backOff;
    private final Map<String, TriggerQueryKit> kits = new LinkedHashMap<>();

    /**
     * Creates the kits of an application context.
     *
     * @param beans the context, which has the consumer's auto-configuration
     */
    public TriggerQueryKits(ConfigurableBeanFactory beans) {
        this.beans = beans;
        TriggerListenerPostProcessor methods = beans.getBean(TriggerListenerPostProcessor.class);
        this.settings = beans.getBean(ConsumerSettings.class);
        this.definitions = () -> methods.definitions(beans, settings.listeners(), new ListenerSources(beans));
        this.failures = beans.getBean(Failures.class);
        this.backOff = beans.getBeanProvider(BackOff.class).getIfAvailable();
    }

    /**
     * Returns the kit of a listener.
     *
     * @param id the id of the listener, which is its topic by default
     */
    public TriggerQueryKit of(String id) {
        TriggerQueryKit kit = all().get(id);
        if (kit == null) {
            throw new IllegalArgumentException(
                    "There is no trigger listener '" + id + "'. The listeners are: " + all().keySet());
        }
        return kit;
    }

    /**
     * Returns the kit of the only listener.
     *
     * @throws IllegalStateException if there are several listeners, or none
     */
    public TriggerQueryKit only() {
        if (all().size() != 1) {
            throw new IllegalStateException("The application has " + all().size() + " trigger listeners: "
                    + all().keySet() + ". Inject TriggerQueryKits, and get the kit of one by its id.");
        }
        return all().values().iterator().next();
    }

    /** Resets all kits. */
    public void reset() {
        kits.values().forEach(TriggerQueryKit::reset);
    }

    private Map<String, TriggerQueryKit> all() {
        if (kits.isEmpty()) {
            definitions
                    .get()
                    .forEach(found -> kits.put(
                            found.id(), new TriggerQueryKit(found, settings.sources(), failures, beans, backOff)));
        }
        return kits;
    }
}
