package io.triggerquery.consumer.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triggerquery.consumer.TriggerQueryListener;
import io.triggerquery.consumer.it.StartUp.Thing;
import io.triggerquery.consumer.it.StartUp.Things;
import io.triggerquery.consumer.it.elsewhere.HiddenParent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.FactoryBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.CustomScopeConfigurer;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.transaction.annotation.Transactional;

/** A method with the annotation works or fails the start, however its bean is created. */
@ExtendWith(OutputCaptureExtension.class)
class StartUpListenersTest {

    private static final String LAZY = "spring.main.lazy-initialization=true";

    static class Listener {

        @TriggerQueryListener(topics = "things", source = Things.class)
        public void project(Thing thing) {}
    }

    interface Projecting {}

    static class ProjectingListener extends Listener implements Projecting {}

    @Lazy
    static class LazyListener extends Listener {}

    @Test
    void lazyBeanIsCreated() {
        assertThat(StartUp.of(LazyListener.class).listeners()).containsExactly("things");
        assertThat(StartUp.of(Listener.class).with(LAZY).listeners()).containsExactly("things");
    }

    @Configuration(proxyBeanMethods = false)
    static class AsAnInterface {

        @Bean
        Projecting projecting() {
            return new ProjectingListener();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class LazyAsAnInterface {

        @Bean
        @Lazy
        static Object projecting() {
            return new ProjectingListener();
        }
    }

    @Test
    void lazyBeanDeclaredAsInterfaceIsCreated() {
        assertThat(StartUp.of(AsAnInterface.class).with(LAZY).listeners()).containsExactly("things");
        assertThat(StartUp.of(LazyAsAnInterface.class).listeners()).containsExactly("things");
    }

    @Configuration(proxyBeanMethods = false)
    static class AsASuperclass {

        static class Parent {}

        static class Child extends Parent {

            @TriggerQueryListener(topics = "things", source = Things.class)
            public void project(Thing thing) {}
        }

        @Bean
        @Lazy
        Parent parent() {
            return new Child();
        }
    }

    @Test
    void beanCreatedAfterStartIsRejected() {
        try (var application = StartUp.of(Listener.class, AsASuperclass.class).run()) {
            assertThatThrownBy(() -> application.getBean("parent"))
                    .rootCause()
                    .hasMessageContaining(
                            "AsASuperclass$Child.project is in the bean 'parent', which is created after the listeners");
        }
    }

    static class Factory implements FactoryBean<Listener> {

        @Override
        public Listener getObject() {
            return new Listener();
        }

        @Override
        public Class<?> getObjectType() {
            return Listener.class;
        }
    }

    @Test
    void productOfFactoryBeanIsCreated() {
        assertThat(StartUp.of(Factory.class).listeners()).containsExactly("things");
    }

    @Test
    void registeredSingletonIsFound() {
        assertThat(StartUp.of()
                        .prepared(context ->
                                context.getBeanFactory().registerSingleton("registered", new ProjectingListener()))
                        .listeners())
                .containsExactly("things");
    }

    @Configuration(proxyBeanMethods = false)
    static class NeededEarly {

        static class Needing implements BeanPostProcessor {

            Needing(Listener listener) {}
        }

        @Bean
        static Needing needing(Listener listener) {
            return new Needing(listener);
        }
    }

    @Test
    void beanCreatedBeforePostProcessorIsFound() {
        assertThat(StartUp.of(NeededEarly.class, Listener.class).listeners()).containsExactly("things");
    }

    @Scope("prototype")
    static class Prototype extends Listener {}

    @Scope(value = "session", proxyMode = ScopedProxyMode.TARGET_CLASS)
    static class InASession extends Listener {}

    @ParameterizedTest
    @ValueSource(classes = {Prototype.class, InASession.class})
    void beanInOtherScopeIsRejected(Class<?> bean, CapturedOutput output) {
        assertThat(StartUp.of(bean).fails(output))
                .contains("has a method with @TriggerQueryListener (" + bean.getName() + ")")
                .contains("is in the scope '" + bean.getAnnotation(Scope.class).value() + "'")
                .contains("Make the bean a singleton");
    }

    @Scope(value = "refresh", proxyMode = ScopedProxyMode.TARGET_CLASS)
    static class Refreshed extends Listener {}

    @Configuration(proxyBeanMethods = false)
    static class RefreshScope {

        @Bean
        static CustomScopeConfigurer scope() {
            var scopes = new CustomScopeConfigurer();
            scopes.addScope("refresh", new SimpleThreadScope());
            return scopes;
        }
    }

    @Test
    void refreshedBeanIsCalledThroughItsProxy() {
        try (var application = StartUp.of(Refreshed.class, RefreshScope.class).run()) {
            assertThat(StartUp.listeners(application)).containsExactly("things");
            String name = application.getBeanNamesForType(Refreshed.class)[0];
            assertThat(application.getBean("scopedTarget." + name.replace("scopedTarget.", "")))
                    .as("created again, as after a refresh")
                    .isInstanceOf(Refreshed.class);
        }
    }

    abstract static class Parent<T> {

        @TriggerQueryListener(topics = "things", source = Things.class)
        public void project(T thing) {}
    }

    static class Child extends Parent<Thing> {}

    static class WrongChild extends Parent<String> {}

    @Test
    void genericParentMethodTakesTypeOfSubclass(CapturedOutput output) {
        assertThat(StartUp.of(Child.class).listeners()).containsExactly("things");
        assertThat(StartUp.of(WrongChild.class).fails(output)).contains("Declare it as: void project(Thing state)");
    }

    @Test
    void subclassesWithSameListenerIdAreRejected(CapturedOutput output) {
        assertThat(StartUp.of(ProjectingListener.class, LazyListener.class).fails(output))
                .contains("Two trigger listeners have the id 'things'");
    }

    @Test
    void abstractBeanDefinitionIsNoListener() {
        assertThat(StartUp.of(Listener.class)
                        .prepared(context -> ((GenericApplicationContext) context)
                                .registerBean(
                                        "template",
                                        Prototype.class,
                                        definition ->
                                                ((org.springframework.beans.factory.support.AbstractBeanDefinition)
                                                                definition)
                                                        .setAbstract(true)))
                        .listeners())
                .containsExactly("things");
    }

    @Transactional
    static class FinalMethod {

        @TriggerQueryListener(topics = "things", source = Things.class)
        public final void project(Thing thing) {}
    }

    @Transactional
    static class Private {

        @TriggerQueryListener(topics = "things", source = Things.class)
        private void project(Thing thing) {}
    }

    static class Hidden extends HiddenParent {}

    @ParameterizedTest
    @ValueSource(classes = {FinalMethod.class, Private.class, Hidden.class})
    void methodThatProxyCannotInterceptIsRejected(Class<?> bean, CapturedOutput output) {
        assertThat(StartUp.of(bean).fails(output))
                .contains(".project cannot be called through the bean's proxy")
                .contains("Make the method public");
    }

    @Transactional
    static class PackagePrivate {

        @TriggerQueryListener(topics = "things", source = Things.class)
        void project(Thing thing) {}
    }

    @Test
    void methodThatProxyInterceptsWorks() {
        assertThat(StartUp.of(PackagePrivate.class).listeners()).containsExactly("things");
    }

    @Transactional
    static final class FinalClass {

        @TriggerQueryListener(topics = "things", source = Things.class)
        public void project(Thing thing) {}
    }

    @Test
    void finalTransactionalClassIsRejectedBySpring() {
        assertThatThrownBy(() -> StartUp.of(FinalClass.class).run().close()).hasMessageContaining("FinalClass");
    }

    static class Static {

        @TriggerQueryListener(topics = "things", source = Things.class)
        static void project(Thing thing) {}
    }

    @Test
    void staticMethodIsRejected(CapturedOutput output) {
        assertThat(StartUp.of(Static.class).fails(output)).contains("has an unsupported signature: static void");
    }

    interface Named {

        String name();
    }

    @Transactional
    static class BehindAnInterface implements Named {

        @Override
        public String name() {
            return "things";
        }

        @TriggerQueryListener(topics = "things", source = Things.class)
        public void project(Thing thing) {}
    }

    @Test
    void proxyInterfaceWithoutTheMethodIsRejected(CapturedOutput output) {
        assertThat(StartUp.of(BehindAnInterface.class)
                        .with("spring.aop.proxy-target-class=false")
                        .fails(output))
                .contains("cannot be called through the bean's proxy")
                .contains("declare it in the proxied interface");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "io.triggerquery.consumer.autoconfigure.ResyncAutoConfiguration",
                "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration"
            })
    void excludedRequiredAutoConfigurationIsNamed(String excluded, CapturedOutput output) {
        assertThat(StartUp.of(Listener.class)
                        .with("spring.autoconfigure.exclude=" + excluded)
                        .fails(output))
                .contains("Trigger listeners need " + excluded)
                .contains("exclude io.triggerquery.consumer.autoconfigure.TriggerQueryAutoConfiguration as well")
                .doesNotContain("defining a bean");
    }

    @Test
    void listenersCanBeExcluded() {
        try (var application = StartUp.of(Listener.class)
                .with("spring.autoconfigure.exclude="
                        + "io.triggerquery.consumer.autoconfigure.TriggerQueryAutoConfiguration")
                .run()) {
            assertThat(application.getBean(Listener.class)).isNotNull();
        }
    }
}
