package io.triggerquery.producer.autoconfigure;

import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * Who is told of an outage, once when it begins and once when it ends. The log always is.
 *
 * @param webhook An http or https address to which alarms are posted as JSON; none by default.
 */
public record AlarmProperties(@Nullable URI webhook) {

    URI requiredWebhook() {
        if (webhook == null
                || webhook.getHost() == null
                || !Set.of("http", "https").contains(webhook.getScheme())) {
            throw new InvalidConfigurationPropertyValueException(
                    TriggerProducerProperties.PREFIX + ".alarm.webhook", webhook, "It is an http or https address.");
        }
        return webhook;
    }
}
