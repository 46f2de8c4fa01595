package io.triggerquery.demo.support;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.scheduling.annotation.EnableScheduling;

/**
 * Adds to a demo service what a real one gets from its platform, or does not need.
 *
 * <ul>
 *   <li>the topics of both services,
 *   <li>problem details that name the wrong parameter,
 *   <li>the rejection of requests from pages of other sites,
 *   <li>what a page shows of the work under way: {@link UnderWay}, and the fragments of {@code parts.html},
 *   <li>with the profile {@code demo}, faults on demand: {@code POST /api/faults} and the forms of the page disturb
 *       the queries whose path matches a pattern of the property {@code demo.queries}, and the publishing of changes.
 * </ul>
 */
@Configuration(proxyBeanMethods = false)
@EnableScheduling
@Import({
    Topics.class,
    Problems.class,
    OwnOriginOnly.class,
    Endpoints.class,
    Circuits.class,
    UnderWay.class,
    FaultsInterceptor.class,
    ForgettingPublisher.class,
    FaultsController.class
})
public final class DemoSupport {}
