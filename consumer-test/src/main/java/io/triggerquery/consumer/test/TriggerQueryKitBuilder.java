package io.triggerquery.consumer.test;

import io.triggerquery.consumer.FailureRule;
import io.triggerquery.consumer.internal.listener.ListenerDefinition;
import io.triggerquery.consumer.internal.listener.ReplacedBackOff;
import io.triggerquery.consumer.internal.query.Failures;
import io.triggerquery.consumer.spi.BackOff;
import io.triggerquery.consumer.spi.TriggerDecoder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/**
 * Builds a {@link TriggerQueryKit} with settings, and with beans of the application.
 *
 * <pre>{@code
 * TriggerQueryKit kit = TriggerQueryKit.builder(new FromLines())
 *         .decoder("billingLines", new BillingLines().billingLines())
 *         .settings("triggerquery.defaults.defer-after=5m")
 *         .build();
 * }</pre>
 *
 * <p>Threads: the test's thread only.
 */
public final class TriggerQueryKitBuilder {

    private final Object listener;
    private final List<FailureRule> rules = new ArrayList<>();
    private final Map<String, Object> decoders = new HashMap<>();
    private final List<String> settings = new ArrayList<>();
    private @Nullable BackOff backOff;

    TriggerQueryKitBuilder(Object listener) {
        this.listener = listener;
    }

    /**
     * Adds settings such as {@code triggerquery.defaults.defer-after=5m}, also for placeholders; all others have their
     * defaults.
     */
    public TriggerQueryKitBuilder settings(String... lines) {
        settings.addAll(List.of(lines));
        return this;
    }

    /** Adds a failure rule; the first one that decides counts. */
    public TriggerQueryKitBuilder rule(FailureRule rule) {
        rules.add(rule);
        return this;
    }

    /** Adds a decoder by the name of its bean. */
    public TriggerQueryKitBuilder decoder(String name, TriggerDecoder decoder) {
        decoders.put(name, decoder);
        return this;
    }

    /** Replaces the back-off of the settings. */
    public TriggerQueryKitBuilder backOff(BackOff replacement) {
        backOff = replacement;
        return this;
    }

    /**
     * Builds the kit.
     *
     * @throws IllegalArgumentException if the object does not have exactly one listener method, or a setting has no
     *     value
     * @throws org.springframework.boot.diagnostics.FailureAnalyzedException if the listener or a setting is not valid,
     *     as at the start of an application
     */
    public TriggerQueryKit build() {
        var plain = new PlainSettings(settings.toArray(String[]::new));
        ListenerDefinition definition = plain.definition(listener);
        ReplacedBackOff.check(backOff, plain.consumer().listeners(), List.of(definition.id()));
        return new TriggerQueryKit(
                definition,
                plain.consumer().sources(),
                new Failures(rules),
                new StaticListableBeanFactory(decoders),
                backOff);
    }
}
