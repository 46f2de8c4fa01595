package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.query.ConfiguredFeign;
import io.triggerquery.consumer.internal.query.QueryBean;
import io.triggerquery.consumer.internal.query.SourceMethods;
import io.triggerquery.consumer.internal.query.SourceSettings;
import io.triggerquery.consumer.internal.query.SourceStyle;
import io.triggerquery.consumer.internal.query.Sources;
import io.triggerquery.consumer.internal.query.UnusedSettings;
import io.triggerquery.consumer.internal.springcloud.FeignClients;
import io.triggerquery.consumer.internal.springcloud.Reading;
import io.triggerquery.consumer.spi.SourceQuery;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Creates the queries of listeners: by a Feign client that is created from an interface, by a client of the
 * application, or by a query of the application. Checks that all settings of the source have an effect on it.
 *
 * @param beans the beans of the application
 * @param sources creates queries
 * @param settings the settings of the sources, by name
 */
record ListenerQueries(BeanFactory beans, Sources sources, Map<String, SourceSettings> settings) {

    /**
     * Creates the query of a listener.
     *
     * @throws FailureAnalyzedException if the source has no client, or has a setting without effect
     */
    ListenerQuery of(ListenerDefinition definition) {
        SourceSettings known = settings.getOrDefault(definition.source().sourceName(), SourceSettings.DEFAULT);
        var unused = new UnusedSettings(definition.source(), known);
        if (definition.source() instanceof QueryBean bean) {
            SourceQuery<?> query = beans.getBean(bean.beanName(), SourceQuery.class);
            unused.checkForBean("a bean of type " + SourceQuery.class.getName(), "");
            unused.checkMany(query.takesMany());
            return new ListenerQuery(sources.query(bean, query, known.protection()), bean.description());
        }
        SourceMethods methods = (SourceMethods) definition.source();
        unused.checkMany(methods.byIds() != null);
        Object client = beans.getBeanProvider(methods.type()).getIfAvailable();
        return client == null
                ? byInterface(definition, methods, known)
                : byClient(definition.format().unicodeIds(), methods, client, unused);
    }

    private ListenerQuery byClient(boolean unicodeIds, SourceMethods methods, Object client, UnusedSettings unused) {
        Optional<Reading> feignClient = FeignClients.read(beans, methods.type(), client, unused.settings());
        if (feignClient.orElse(null) instanceof Reading.Known known) {
            unused.checkFor(known.client());
            return new ListenerQuery(
                    sources.query(methods, known.client(), unused.settings(), unicodeIds), address(known.client()));
        }
        String bean = "a bean of type " + methods.type().getName();
        String part = feignClient.orElse(null) instanceof Reading.Unknown unknown ? unknown.part() : "";
        unused.checkForBean(bean, part);
        SourceStyle.checkIds(methods, unicodeIds, part);
        String waiting = methods.returnsFuture()
                ? ""
                : "; a thread waits for each call" + (part.isEmpty() ? "" : ", because of " + part);
        return new ListenerQuery(
                sources.query(methods, client, unused.settings().protection()), bean + waiting);
    }

    private static String address(ConfiguredFeign client) {
        return address(client.address()) + ", as " + client.target().type().getName() + " is configured"
                + (client.balancer() == null ? "" : ", by the load balancer");
    }

    private ListenerQuery byInterface(ListenerDefinition definition, SourceMethods methods, SourceSettings known) {
        SourceStyle.missingBean(methods).ifPresent(failure -> {
            throw failure;
        });
        URI url = known.url();
        if (url == null) {
            String name = methods.sourceName();
            throw new FailureAnalyzedException(
                    "The trigger listener '" + definition.id() + "' queries the source '" + name
                            + "', which has no address.",
                    "Set triggerquery.sources." + name + ".url, for example to http://" + name
                            + ":8080, or provide a bean of type "
                            + methods.type().getName() + ".");
        }
        return new ListenerQuery(sources.query(methods, url, known), address(url));
    }

    private static String address(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort())
                + (url.getRawPath() == null ? "" : url.getRawPath());
    }
}
