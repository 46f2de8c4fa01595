package io.triggerquery.console.internal.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class RoleAccessTest {

    private static Rights of(Access access, String... roles) {
        var request = new MockHttpServletRequest();
        request.setUserPrincipal(() -> "ann");
        for (String role : roles) {
            request.addUserRole(role);
        }
        return access.of(request);
    }

    @Test
    void readRoleReads() {
        Rights rights = of(new RoleAccess("VIEWER", "OPERATOR"), "VIEWER");

        assertThat(rights.user()).isEqualTo("ann");
        assertThat(rights.mayNotRead()).isNull();
        assertThat(rights.mayNotOperate()).isEqualTo("You do not have the role OPERATOR.");
    }

    @Test
    void operateRoleReads() {
        Rights rights = of(new RoleAccess("VIEWER", "OPERATOR"), "OPERATOR");

        assertThat(rights.mayNotRead()).isNull();
        assertThat(rights.mayNotOperate()).isNull();
    }

    @Test
    void otherRoleMayDoNothing() {
        Rights rights = of(new RoleAccess("VIEWER", "OPERATOR"), "CUSTOMER");

        assertThat(rights.mayNotRead()).isEqualTo("You do not have the role VIEWER.");
        assertThat(rights.mayNotOperate()).isNotNull();
    }

    @Test
    void noUserOperatesWithoutOperateRole() {
        assertThat(of(new RoleAccess("VIEWER", null), "VIEWER", "OPERATOR").mayNotOperate())
                .contains("operate-role is not set");
    }

    @Test
    void requestWithoutUserMayDoNothing() {
        Rights rights = new RoleAccess("VIEWER", "OPERATOR").of(new MockHttpServletRequest());

        assertThat(rights.user()).isNull();
        assertThat(rights.mayNotRead()).isEqualTo("You are not signed in.");
        assertThat(rights.mayNotOperate()).isNotNull();
    }
}
