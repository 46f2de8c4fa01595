package io.triggerquery.relayservice.callers;

import io.triggerquery.producer.autoconfigure.TriggerProducerProperties;
import io.triggerquery.producer.internal.settings.UnknownProducerSettings;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.RequestCacheConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.factory.PasswordEncoderFactories;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.web.SecurityFilterChain;

/** Configures basic authentication for all calls except the health and the API description. */
@Configuration(proxyBeanMethods = false)
final class SecurityConfiguration {

    /** Checks the settings before any bean is created. */
    @Bean
    static BeanFactoryPostProcessor unknownSettings(Environment environment) {
        ConfigurationPropertyName prefix = ConfigurationPropertyName.of("triggerquery.relay-service");
        return beans -> new UnknownProducerSettings(environment)
                .reads(prefix.toString(), Callers.class)
                .check(name -> prefix.isAncestorOf(name) || UnknownProducerSettings.resembles(name, prefix));
    }

    @Bean
    SecurityFilterChain calls(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(
                        calls -> calls.requestMatchers(HttpMethod.GET, "/actuator/health/**", "/openapi.yaml")
                                .permitAll()
                                .anyRequest()
                                .authenticated())
                .httpBasic(Customizer.withDefaults())
                // no session cookie, so that a page of another site cannot use one
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(CsrfConfigurer::disable)
                .requestCache(RequestCacheConfigurer::disable)
                .build();
    }

    @Bean
    PasswordEncoder passwordEncoder() {
        return new RememberingEncoder(PasswordEncoderFactories.createDelegatingPasswordEncoder());
    }

    @Bean
    UserDetailsService callerDetails(Callers callers) {
        return name -> {
            Callers.Caller caller = callers.callers().get(name);
            if (caller == null) {
                throw new UsernameNotFoundException("unknown caller");
            }
            return User.withUsername(name).password(caller.password()).build();
        };
    }

    /** Checks that each destination of a caller has a topic; else its triggers would be accepted and never sent. */
    @Bean
    InitializingBean everyDestinationHasATopic(Callers callers, TriggerProducerProperties producer) {
        return () -> {
            Set<String> missing = new TreeSet<>();
            callers.callers().values().forEach(caller -> missing.addAll(caller.destinations()));
            missing.removeAll(producer.destinations().keySet());
            if (!missing.isEmpty()) {
                throw new IllegalStateException(("Callers may send to %s, which have no topic:"
                                + " set triggerquery.producer.destinations.NAME.topic for each")
                        .formatted(missing));
            }
        };
    }
}
