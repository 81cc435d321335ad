/** What every station leans on: errors for people, and files that appear whole or not at all. */
package io.fmviz.base;
