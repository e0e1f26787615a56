/** Values with units, shared by every part of the harness; depends on nothing but the JDK. */
package io.mooseng.bench.core.model;
