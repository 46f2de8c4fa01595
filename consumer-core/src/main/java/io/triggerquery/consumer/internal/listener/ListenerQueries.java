package io.triggerquery.consumer.internal.listener;

import io.triggerquery.consumer.internal.query.ConfiguredFeign;
import io.triggerquery.consumer.internal.query.QueryBean;
import io.triggerquery.consumer.internal.query.SourceDefinition;
import io.triggerquery.consumer.internal.query.SourceMethods;
import io.triggerquery.consumer.internal.query.SourceSettings;
import io.triggerquery.consumer.internal.query.SourceStyle;
import io.triggerquery.consumer.internal.query.Sources;
import io.triggerquery.consumer.internal.query.UnusedSettings;
import io.triggerquery.consumer.internal.springcloud.FeignClients;
import io.triggerquery.consumer.internal.springcloud.Reading;
import io.triggerquery.consumer.spi.SourceQuery;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.diagnostics.FailureAnalyzedException;

/**
 * Creates the queries of listeners: by a Feign client that is created from an interface, by a client of the
 * application, or by a query of the application. Checks that all settings of the source have an effect on it.
 */
final class ListenerQueries {

    private final BeanFactory beans;
    private final Sources sources;
    private final Map<String, SourceSettings> settings;
    private final Map<String, UnusedSettings> unusedOfShared = new HashMap<>();

    /**
     * Creates the factory.
     *
     * @param beans the beans of the application
     * @param sources creates queries
     * @param settings the settings of the sources, by name
     */
    ListenerQueries(BeanFactory beans, Sources sources, Map<String, SourceSettings> settings) {
        this.beans = beans;
        this.sources = sources;
        this.settings = settings;
    }

    /**
     * Creates the query of a listener.
     *
     * @throws FailureAnalyzedException if the source has no client, or has a setting without effect
     */
    ListenerQuery of(ListenerDefinition definition) {
        SourceSettings known = settings.getOrDefault(definition.source().sourceName(), SourceSettings.DEFAULT);
        if (definition.source() instanceof QueryBean bean) {
            return byQuery(bean, known);
        }
        SourceMethods methods = (SourceMethods) definition.source();
        Object client = beans.getBeanProvider(methods.type()).getIfAvailable();
        return client == null
                ? byInterface(definition, methods, known)
                : byClient(definition.format().unicodeIds(), methods, client, known);
    }

    /**
     * Checks the settings of sources that several clients share: one of them has to use each setting.
     *
     * @throws FailureAnalyzedException if a setting has no effect
     */
    void complete() {
        unusedOfShared.values().forEach(UnusedSettings::check);
    }

    private void check(SourceDefinition source, boolean takesMany, UnusedSettings unused) {
        unused.addUnlessMany(takesMany);
        if (source.source().shared()) {
            unusedOfShared.merge(source.sourceName(), unused, UnusedSettings::andOf);
        } else {
            unused.check();
        }
    }

    private ListenerQuery byQuery(QueryBean bean, SourceSettings known) {
        SourceQuery<?> query = beans.getBean(bean.beanName(), SourceQuery.class);
        var unused = new UnusedSettings(bean, known);
        unused.addForBean("a bean of type " + SourceQuery.class.getName(), "");
        check(bean, query.takesMany(), unused);
        return new ListenerQuery(sources.query(bean, query, known.protection()), bean.description());
    }

    private ListenerQuery byClient(boolean unicodeIds, SourceMethods methods, Object client, SourceSettings known) {
        Reading feignClient =
                FeignClients.read(beans, methods.type(), client, known).orElse(null);
        var unused = new UnusedSettings(methods, known);
        if (feignClient instanceof Reading.Known parts) {
            unused.addFor(parts.client());
            check(methods, methods.byIds() != null, unused);
            return new ListenerQuery(
                    sources.query(methods, parts.client(), known, unicodeIds), address(parts.client()));
        }
        String bean = "a bean of type " + methods.type().getName();
        String part = feignClient instanceof Reading.Unknown unknown ? unknown.part() : "";
        unused.addForBean(bean, part);
        check(methods, methods.byIds() != null, unused);
        SourceStyle.checkIds(methods, unicodeIds, part);
        String waiting = methods.returnsFuture()
                ? ""
                : "; a thread waits for each call" + (part.isEmpty() ? "" : ", because of " + part);
        return new ListenerQuery(sources.query(methods, client, known.protection()), bean + waiting);
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
        check(methods, methods.byIds() != null, new UnusedSettings(methods, known));
        return new ListenerQuery(sources.query(methods, url, known), address(url));
    }

    private static String address(URI url) {
        return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort())
                + (url.getRawPath() == null ? "" : url.getRawPath());
    }
}
