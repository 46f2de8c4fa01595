package io.triggerquery.consumer.autoconfigure;

import io.triggerquery.consumer.internal.actuate.Shown;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the endpoint {@code triggerquery} shows.
 *
 * @param showStates Whether answers contain states and values of dead letters, of up to 10,000 characters each.
 *     Versions are shown in any case.
 * @param showErrors Whether answers contain messages of exceptions, each as one line. They can quote data, as those of
 *     a database do.
 */
public record EndpointProperties(
        @DefaultValue("false") boolean showStates,
        @DefaultValue("true") boolean showErrors) {

    Shown toShown() {
        return new Shown(showStates, showErrors);
    }
}
