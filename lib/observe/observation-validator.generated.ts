// Generated from lib/observe/observation.schema.json by `npm run generate`. Do not edit.
// @ts-nocheck
/* eslint-disable */
"use strict";
export const validate = validate10;
export default validate10;
const schema11 = { "$schema": "http://json-schema.org/draft-07/schema#", "$id": "observation.schema.json", "title": "Observation", "description": "What AWS holds now for one environment. Lists are sorted by id, so that equal states give equal bytes.", "type": "object", "additionalProperties": false, "required": ["formatVersion", "environment", "accountId", "region", "images", "cluster", "instances", "networkInterfaces", "elasticIps", "health"], "properties": { "formatVersion": { "const": 1 }, "environment": { "type": "string", "minLength": 1 }, "accountId": { "type": "string", "pattern": "^([0-9]{12}|\\{account:[0-9a-f]{5}\\})$", "description": "From STS; a digest of it where the observation is scrubbed, as of account numbers in every other text." }, "region": { "type": "string", "minLength": 1 }, "images": { "description": "AMI id by public SSM parameter name, for each OS and architecture that has one.", "type": "object", "additionalProperties": { "type": "string", "pattern": "^ami-" } }, "cluster": { "description": "The environment's ECS cluster; null where there is none.", "oneOf": [{ "type": "null" }, { "title": "ObservedCluster", "type": "object", "additionalProperties": false, "required": ["clusterArn", "status", "registeredContainerInstances"], "properties": { "clusterArn": { "type": "string" }, "status": { "type": "string", "description": "ECS's word, e.g. ACTIVE or INACTIVE." }, "registeredContainerInstances": { "type": "integer", "minimum": 0 } } }] }, "instances": { "description": "Instances tagged with the environment, in every state but terminated; a shutting-down one is listed.", "type": "array", "items": { "title": "ObservedInstance", "type": "object", "additionalProperties": false, "required": ["instanceId", "slot", "state", "statusChecks", "availabilityZone", "amiId", "instanceType", "userDataBase64", "rootVolumeGiB", "networkInterfaceIds", "launchTime"], "properties": { "instanceId": { "type": "string", "pattern": "^i-" }, "slot": { "type": ["integer", "null"], "minimum": 0, "description": "From the tag routed:node; null without one." }, "state": { "enum": ["pending", "running", "stopping", "stopped", "shutting-down"] }, "statusChecks": { "enum": ["ok", "initializing", "impaired", "insufficient-data", "not-applicable", "unknown"], "description": "The worst of EC2's system, instance and attached EBS checks; not-applicable unless running; unknown where they weren't read." }, "availabilityZone": { "type": "string" }, "amiId": { "type": "string", "pattern": "^ami-" }, "instanceType": { "type": "string" }, "userDataBase64": { "type": "string", "pattern": "^[A-Za-z0-9+/]*={0,2}$", "contentEncoding": "base64", "description": "Byte for byte as EC2 gives it; empty without user data." }, "rootVolumeGiB": { "type": ["integer", "null"], "minimum": 1, "description": "Null where the root volume isn't attached yet, or no more because the instance is shutting down." }, "dataVolumeGiB": { "type": "integer", "minimum": 1, "description": "Size of the volume on /dev/xvdb that goes with the instance, which Bottlerocket has; absent without one." }, "networkInterfaceIds": { "type": "array", "items": { "type": "string", "pattern": "^eni-" }, "ordered": true, "description": "By device index." }, "launchTime": { "type": "string", "pattern": "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$", "description": "ISO 8601, UTC." } } } }, "networkInterfaces": { "description": "ENIs tagged with the environment: the slots' addresses.", "type": "array", "items": { "title": "ObservedNetworkInterface", "type": "object", "additionalProperties": false, "required": ["networkInterfaceId", "slot", "availabilityZone", "subnetId", "privateIpv4", "ipv6", "instanceId"], "properties": { "networkInterfaceId": { "type": "string", "pattern": "^eni-" }, "slot": { "type": ["integer", "null"], "minimum": 0 }, "availabilityZone": { "type": "string" }, "subnetId": { "type": "string" }, "privateIpv4": { "type": "string" }, "ipv6": { "type": "array", "items": { "type": "string" } }, "instanceId": { "type": ["string", "null"], "description": "The instance that it is attached to." } } } }, "elasticIps": { "description": "EIPs tagged with the environment.", "type": "array", "items": { "title": "ObservedElasticIp", "type": "object", "additionalProperties": false, "required": ["allocationId", "slot", "publicIpv4", "networkInterfaceId"], "properties": { "allocationId": { "type": "string", "pattern": "^eipalloc-" }, "slot": { "type": ["integer", "null"], "minimum": 0 }, "publicIpv4": { "type": "string" }, "networkInterfaceId": { "type": ["string", "null"] } } } }, "untagged": { "description": "What carries no tag of the environment, or another's, though something else says that it is the environment's, or could be: instances that are not terminated, ENIs and EIPs. Left out where there is none.", "type": "array", "items": { "title": "ObservedUntagged", "type": "object", "additionalProperties": false, "required": ["id", "kind", "environment", "slot", "foundBy"], "properties": { "id": { "type": "string", "pattern": "^(i|eni|eipalloc)-" }, "kind": { "enum": ["instance", "network-interface", "elastic-ip"] }, "environment": { "type": ["string", "null"], "description": "From the tag routed:environment; null without one." }, "slot": { "type": ["integer", "null"], "minimum": 0, "description": "From the tag routed:node; null without one." }, "state": { "enum": ["pending", "running", "stopping", "stopped", "shutting-down"], "description": "An instance's; left out of others." }, "publicIpv4": { "type": "string", "description": "An EIP's; left out of others." }, "foundBy": { "description": "Who says that it is the environment's; at least one.", "type": "array", "items": { "title": "Witness", "type": "object", "additionalProperties": false, "required": ["kind", "id", "slot"], "properties": { "kind": { "enum": ["registration", "instance", "network-interface", "elastic-ip", "description", "record", "tag", "vpc"], "description": "A container instance of the cluster; an instance, ENI or EIP of the environment that refers to it or that it refers to; the description that an ENI was made with; the record of addresses; its own tag routed:node; the environment's VPC, which it is in." }, "id": { "type": "string", "minLength": 1, "description": "The ARN or id of the witness; the S3 key of the record; what a description or tag says." }, "slot": { "type": ["integer", "null"], "minimum": 0, "description": "The slot that it is of by this witness; null where the witness doesn't say." } } } } } } }, "remembered": { "description": "The environment's own record of its slots' addresses, which its last deploy wrote; left out where there is none.", "type": "array", "items": { "title": "RememberedAddress", "type": "object", "additionalProperties": false, "required": ["slot", "availabilityZone", "networkInterfaceId", "privateIpv4", "ipv6", "allocationId", "publicIpv4"], "properties": { "slot": { "type": "integer", "minimum": 0 }, "availabilityZone": { "type": "string", "minLength": 1 }, "networkInterfaceId": { "type": "string", "pattern": "^eni-" }, "privateIpv4": { "type": "string", "minLength": 1 }, "ipv6": { "type": "string", "minLength": 1 }, "allocationId": { "type": "string", "pattern": "^eipalloc-" }, "publicIpv4": { "type": "string", "minLength": 1 } } } }, "health": { "description": "What ECS says of the nodes and their tasks. With source `unreadable` ECS couldn't be read though EC2 could, and no node counts as available.", "type": "object", "discriminator": { "propertyName": "source" }, "oneOf": [{ "title": "HealthUnreadable", "type": "object", "additionalProperties": false, "required": ["source", "reason"], "properties": { "source": { "const": "unreadable", "type": "string" }, "reason": { "type": "string", "minLength": 1, "description": "Which call failed, and how." } } }, { "title": "HealthFromEcs", "type": "object", "additionalProperties": false, "required": ["source", "containerInstances", "services", "tasks"], "properties": { "source": { "const": "ecs", "type": "string" }, "containerInstances": { "description": "All container instances that are registered in the cluster, ghosts too.", "type": "array", "items": { "title": "ObservedContainerInstance", "type": "object", "additionalProperties": false, "required": ["containerInstanceArn", "instanceId", "status", "agentConnected"], "properties": { "containerInstanceArn": { "type": "string", "minLength": 1 }, "instanceId": { "type": ["string", "null"], "description": "The EC2 instance; null where ECS names none." }, "status": { "type": "string", "description": "ECS's word: ACTIVE, DRAINING, REGISTERING, \u2026" }, "agentConnected": { "type": "boolean", "description": "Debounced: false only where it was so at every look." }, "slot": { "type": "integer", "minimum": 0, "description": "From its attribute routed.slot; left out where it has none." }, "availabilityZone": { "type": "string", "description": "The slot's, from its attribute routed.availability-zone; left out where it has none." }, "drainedBy": { "type": "string", "minLength": 1, "description": "The rollout that drained it, from its attribute routed.drained-by; left out where none did, and a person's drain is then a person's." } } } }, "services": { "description": "The PoPs' services that are ACTIVE: those with the tag routed:pop, or with the name of a PoP of the config. Other services in the cluster are left out, and so are their tasks.", "type": "array", "items": { "title": "ObservedService", "type": "object", "additionalProperties": false, "required": ["serviceName", "scheduling", "desiredCount", "runningCount", "deploymentInProgress"], "properties": { "serviceName": { "type": "string", "minLength": 1, "description": "The PoP's name, which is also the value of the service's tag routed:pop; another value is an error." }, "scheduling": { "enum": ["DAEMON", "REPLICA"] }, "desiredCount": { "type": "integer", "minimum": 0 }, "runningCount": { "type": "integer", "minimum": 0 }, "deploymentInProgress": { "type": "boolean", "description": "Whether ECS is still replacing the service's tasks: more than one deployment, or the primary one not completed." }, "slots": { "type": "array", "items": { "type": "integer", "minimum": 0 }, "description": "The slots whose nodes may run its tasks, by its placement constraint on the attribute routed.slot; left out where it has none." }, "everywhere": { "const": true, "type": "boolean", "description": "The service is a REPLICA that is to have a task on every node, by its tag routed:placement; left out otherwise." }, "cell": { "type": "string", "description": "The PoP's cell, by the service's tag routed:cell; left out where it has none." }, "coreSet": { "type": "integer", "minimum": 0, "description": "The number of the PoP's core set, by the service's tag routed:core-set; left out where it has none." }, "taskDefinitionArn": { "type": "string", "minLength": 1, "description": "What ECS starts the service's tasks from; after its circuit breaker has gone back, the earlier one. Read only where the config stages images; left out otherwise." } } } }, "nodeDaemons": { "description": "The helpers that every node needs to be available: services with the tags routed:node-daemon and routed:needed-for. They are no PoPs. Left out where there are none.", "type": "array", "items": { "title": "ObservedNodeDaemon", "type": "object", "additionalProperties": false, "required": ["serviceName", "healthyOn"], "properties": { "serviceName": { "type": "string", "minLength": 1 }, "healthyOn": { "description": "ARNs of the container instances with a task of it that is RUNNING and HEALTHY.", "type": "array", "items": { "type": "string", "minLength": 1 } } } } }, "taskDefinitions": { "description": "The task definitions that the services name. Left out where they name none.", "type": "array", "items": { "title": "ObservedTaskDefinition", "type": "object", "additionalProperties": false, "required": ["taskDefinitionArn", "image"], "properties": { "taskDefinitionArn": { "type": "string", "minLength": 1 }, "image": { "type": "string", "minLength": 1, "description": "The BGP container's image." }, "settings": { "type": "string", "description": "A digest of all that the config says of the tasks, by the tag routed:task-settings; left out where it has none." } } } }, "tasks": { "description": "The tasks of these services that ECS wants to run; those that it is stopping are left out.", "type": "array", "items": { "title": "ObservedTask", "type": "object", "additionalProperties": false, "required": ["taskArn", "serviceName", "containerInstanceArn", "lastStatus", "healthStatus"], "properties": { "taskArn": { "type": "string", "minLength": 1 }, "serviceName": { "type": "string", "minLength": 1 }, "containerInstanceArn": { "type": ["string", "null"], "description": "Null before it is placed." }, "lastStatus": { "type": "string", "description": "ECS's word: PENDING, RUNNING, \u2026" }, "healthStatus": { "description": "ECS's word; where that is UNKNOWN because an essential container has no health check, HEALTHY if all that have one are.", "enum": ["HEALTHY", "UNHEALTHY", "UNKNOWN"] } } } } } }] } } };
const func2 = Object.prototype.hasOwnProperty;
const func3 = require("ajv/dist/runtime/ucs2length").default;
const pattern0 = new RegExp("^([0-9]{12}|\\{account:[0-9a-f]{5}\\})$", "u");
const pattern1 = new RegExp("^ami-", "u");
const pattern2 = new RegExp("^i-", "u");
const pattern4 = new RegExp("^[A-Za-z0-9+/]*={0,2}$", "u");
const pattern5 = new RegExp("^eni-", "u");
const pattern6 = new RegExp("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$", "u");
const pattern8 = new RegExp("^eipalloc-", "u");
const pattern9 = new RegExp("^(i|eni|eipalloc)-", "u");
function validate10(data, { instancePath = "", parentData, parentDataProperty, rootData = data } = {}) {
  ;
  let vErrors = null;
  let errors = 0;
  if (data && typeof data == "object" && !Array.isArray(data)) {
    if (data.formatVersion === void 0) {
      const err0 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "formatVersion" }, message: "must have required property 'formatVersion'", schema: schema11.required, parentSchema: schema11, data };
      if (vErrors === null) {
        vErrors = [err0];
      } else {
        vErrors.push(err0);
      }
      errors++;
    }
    if (data.environment === void 0) {
      const err1 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "environment" }, message: "must have required property 'environment'", schema: schema11.required, parentSchema: schema11, data };
      if (vErrors === null) {
        vErrors = [err1];
      } else {
        vErrors.push(err1);
      }
      errors++;
    }
    if (data.accountId === void 0) {
      const err2 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "accountId" }, message: "must have required property 'accountId'", schema: schema11.required, parentSchema: schema11, data };
      if (vErrors === null) {
        vErrors = [err2];
      } else {
        vErrors.push(err2);
      }
      errors++;
    }
    if (data.region === void 0) {
      const err3 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "region" }, message: "must have required property 'region'", schema: schema11.required, parentSchema: schema11, data };
      if (vErrors === null) {
        vErrors = [err3];
      } else {
        vErrors.push(err3);
      }
      errors++;
    }
    if (data.images === void 0) {
      const err4 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "images" }, message: "must have required property 'images'", schema: schema11.required, parentSchema: schema11, data };
      if (vErrors === null) {
        vErrors = [err4];
      } else {
        vErrors.push(err4);
      }
      errors++;
    }
    if (data.cluster === void 0) {
      const err5 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "cluster" }, message: "must have required property 'cluster'", schema: schema11.required, parentSchema: schema11, data };
      if (vErrors === null) {
        vErrors = [err5];
      } else {
        vErrors.push(err5);
      }
      errors++;
    }
    if (data.instances === void 0) {
      const err6 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "instances" }, message: "must have required property 'instances'", schema: schema11.required, parentSchema: schema11, data };
      if (vErrors === null) {
        vErrors = [err6];
      } else {
        vErrors.push(err6);
      }
      errors++;
    }
    if (data.networkInterfaces === void 0) {
      const err7 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "networkInterfaces" }, message: "must have required property 'networkInterfaces'", schema: schema11.required, parentSchema: schema11, data };
      if (vErrors === null) {
        vErrors = [err7];
      } else {
        vErrors.push(err7);
      }
      errors++;
    }
    if (data.elasticIps === void 0) {
      const err8 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "elasticIps" }, message: "must have required property 'elasticIps'", schema: schema11.required, parentSchema: schema11, data };
      if (vErrors === null) {
        vErrors = [err8];
      } else {
        vErrors.push(err8);
      }
      errors++;
    }
    if (data.health === void 0) {
      const err9 = { instancePath, schemaPath: "#/required", keyword: "required", params: { missingProperty: "health" }, message: "must have required property 'health'", schema: schema11.required, parentSchema: schema11, data };
      if (vErrors === null) {
        vErrors = [err9];
      } else {
        vErrors.push(err9);
      }
      errors++;
    }
    for (const key0 in data) {
      if (!func2.call(schema11.properties, key0)) {
        const err10 = { instancePath, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key0 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11, data };
        if (vErrors === null) {
          vErrors = [err10];
        } else {
          vErrors.push(err10);
        }
        errors++;
      }
    }
    if (data.formatVersion !== void 0) {
      let data0 = data.formatVersion;
      if (1 !== data0) {
        const err11 = { instancePath: instancePath + "/formatVersion", schemaPath: "#/properties/formatVersion/const", keyword: "const", params: { allowedValue: 1 }, message: "must be equal to constant", schema: 1, parentSchema: schema11.properties.formatVersion, data: data0 };
        if (vErrors === null) {
          vErrors = [err11];
        } else {
          vErrors.push(err11);
        }
        errors++;
      }
    }
    if (data.environment !== void 0) {
      let data1 = data.environment;
      if (typeof data1 === "string") {
        if (func3(data1) < 1) {
          const err12 = { instancePath: instancePath + "/environment", schemaPath: "#/properties/environment/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.environment, data: data1 };
          if (vErrors === null) {
            vErrors = [err12];
          } else {
            vErrors.push(err12);
          }
          errors++;
        }
      } else {
        const err13 = { instancePath: instancePath + "/environment", schemaPath: "#/properties/environment/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.environment.type, parentSchema: schema11.properties.environment, data: data1 };
        if (vErrors === null) {
          vErrors = [err13];
        } else {
          vErrors.push(err13);
        }
        errors++;
      }
    }
    if (data.accountId !== void 0) {
      let data2 = data.accountId;
      if (typeof data2 === "string") {
        if (!pattern0.test(data2)) {
          const err14 = { instancePath: instancePath + "/accountId", schemaPath: "#/properties/accountId/pattern", keyword: "pattern", params: { pattern: "^([0-9]{12}|\\{account:[0-9a-f]{5}\\})$" }, message: 'must match pattern "^([0-9]{12}|\\{account:[0-9a-f]{5}\\})$"', schema: "^([0-9]{12}|\\{account:[0-9a-f]{5}\\})$", parentSchema: schema11.properties.accountId, data: data2 };
          if (vErrors === null) {
            vErrors = [err14];
          } else {
            vErrors.push(err14);
          }
          errors++;
        }
      } else {
        const err15 = { instancePath: instancePath + "/accountId", schemaPath: "#/properties/accountId/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.accountId.type, parentSchema: schema11.properties.accountId, data: data2 };
        if (vErrors === null) {
          vErrors = [err15];
        } else {
          vErrors.push(err15);
        }
        errors++;
      }
    }
    if (data.region !== void 0) {
      let data3 = data.region;
      if (typeof data3 === "string") {
        if (func3(data3) < 1) {
          const err16 = { instancePath: instancePath + "/region", schemaPath: "#/properties/region/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.region, data: data3 };
          if (vErrors === null) {
            vErrors = [err16];
          } else {
            vErrors.push(err16);
          }
          errors++;
        }
      } else {
        const err17 = { instancePath: instancePath + "/region", schemaPath: "#/properties/region/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.region.type, parentSchema: schema11.properties.region, data: data3 };
        if (vErrors === null) {
          vErrors = [err17];
        } else {
          vErrors.push(err17);
        }
        errors++;
      }
    }
    if (data.images !== void 0) {
      let data4 = data.images;
      if (data4 && typeof data4 == "object" && !Array.isArray(data4)) {
        for (const key1 in data4) {
          let data5 = data4[key1];
          if (typeof data5 === "string") {
            if (!pattern1.test(data5)) {
              const err18 = { instancePath: instancePath + "/images/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/images/additionalProperties/pattern", keyword: "pattern", params: { pattern: "^ami-" }, message: 'must match pattern "^ami-"', schema: "^ami-", parentSchema: schema11.properties.images.additionalProperties, data: data5 };
              if (vErrors === null) {
                vErrors = [err18];
              } else {
                vErrors.push(err18);
              }
              errors++;
            }
          } else {
            const err19 = { instancePath: instancePath + "/images/" + key1.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/images/additionalProperties/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.images.additionalProperties.type, parentSchema: schema11.properties.images.additionalProperties, data: data5 };
            if (vErrors === null) {
              vErrors = [err19];
            } else {
              vErrors.push(err19);
            }
            errors++;
          }
        }
      } else {
        const err20 = { instancePath: instancePath + "/images", schemaPath: "#/properties/images/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.images.type, parentSchema: schema11.properties.images, data: data4 };
        if (vErrors === null) {
          vErrors = [err20];
        } else {
          vErrors.push(err20);
        }
        errors++;
      }
    }
    if (data.cluster !== void 0) {
      let data6 = data.cluster;
      const _errs15 = errors;
      let valid2 = false;
      let passing0 = null;
      const _errs16 = errors;
      if (data6 !== null) {
        const err21 = { instancePath: instancePath + "/cluster", schemaPath: "#/properties/cluster/oneOf/0/type", keyword: "type", params: { type: "null" }, message: "must be null", schema: schema11.properties.cluster.oneOf[0].type, parentSchema: schema11.properties.cluster.oneOf[0], data: data6 };
        if (vErrors === null) {
          vErrors = [err21];
        } else {
          vErrors.push(err21);
        }
        errors++;
      }
      var _valid0 = _errs16 === errors;
      if (_valid0) {
        valid2 = true;
        passing0 = 0;
      }
      const _errs18 = errors;
      if (data6 && typeof data6 == "object" && !Array.isArray(data6)) {
        if (data6.clusterArn === void 0) {
          const err22 = { instancePath: instancePath + "/cluster", schemaPath: "#/properties/cluster/oneOf/1/required", keyword: "required", params: { missingProperty: "clusterArn" }, message: "must have required property 'clusterArn'", schema: schema11.properties.cluster.oneOf[1].required, parentSchema: schema11.properties.cluster.oneOf[1], data: data6 };
          if (vErrors === null) {
            vErrors = [err22];
          } else {
            vErrors.push(err22);
          }
          errors++;
        }
        if (data6.status === void 0) {
          const err23 = { instancePath: instancePath + "/cluster", schemaPath: "#/properties/cluster/oneOf/1/required", keyword: "required", params: { missingProperty: "status" }, message: "must have required property 'status'", schema: schema11.properties.cluster.oneOf[1].required, parentSchema: schema11.properties.cluster.oneOf[1], data: data6 };
          if (vErrors === null) {
            vErrors = [err23];
          } else {
            vErrors.push(err23);
          }
          errors++;
        }
        if (data6.registeredContainerInstances === void 0) {
          const err24 = { instancePath: instancePath + "/cluster", schemaPath: "#/properties/cluster/oneOf/1/required", keyword: "required", params: { missingProperty: "registeredContainerInstances" }, message: "must have required property 'registeredContainerInstances'", schema: schema11.properties.cluster.oneOf[1].required, parentSchema: schema11.properties.cluster.oneOf[1], data: data6 };
          if (vErrors === null) {
            vErrors = [err24];
          } else {
            vErrors.push(err24);
          }
          errors++;
        }
        for (const key2 in data6) {
          if (!(key2 === "clusterArn" || key2 === "status" || key2 === "registeredContainerInstances")) {
            const err25 = { instancePath: instancePath + "/cluster", schemaPath: "#/properties/cluster/oneOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key2 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.cluster.oneOf[1], data: data6 };
            if (vErrors === null) {
              vErrors = [err25];
            } else {
              vErrors.push(err25);
            }
            errors++;
          }
        }
        if (data6.clusterArn !== void 0) {
          let data7 = data6.clusterArn;
          if (typeof data7 !== "string") {
            const err26 = { instancePath: instancePath + "/cluster/clusterArn", schemaPath: "#/properties/cluster/oneOf/1/properties/clusterArn/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.cluster.oneOf[1].properties.clusterArn.type, parentSchema: schema11.properties.cluster.oneOf[1].properties.clusterArn, data: data7 };
            if (vErrors === null) {
              vErrors = [err26];
            } else {
              vErrors.push(err26);
            }
            errors++;
          }
        }
        if (data6.status !== void 0) {
          let data8 = data6.status;
          if (typeof data8 !== "string") {
            const err27 = { instancePath: instancePath + "/cluster/status", schemaPath: "#/properties/cluster/oneOf/1/properties/status/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.cluster.oneOf[1].properties.status.type, parentSchema: schema11.properties.cluster.oneOf[1].properties.status, data: data8 };
            if (vErrors === null) {
              vErrors = [err27];
            } else {
              vErrors.push(err27);
            }
            errors++;
          }
        }
        if (data6.registeredContainerInstances !== void 0) {
          let data9 = data6.registeredContainerInstances;
          if (!(typeof data9 == "number" && (!(data9 % 1) && !isNaN(data9)) && isFinite(data9))) {
            const err28 = { instancePath: instancePath + "/cluster/registeredContainerInstances", schemaPath: "#/properties/cluster/oneOf/1/properties/registeredContainerInstances/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.cluster.oneOf[1].properties.registeredContainerInstances.type, parentSchema: schema11.properties.cluster.oneOf[1].properties.registeredContainerInstances, data: data9 };
            if (vErrors === null) {
              vErrors = [err28];
            } else {
              vErrors.push(err28);
            }
            errors++;
          }
          if (typeof data9 == "number" && isFinite(data9)) {
            if (data9 < 0 || isNaN(data9)) {
              const err29 = { instancePath: instancePath + "/cluster/registeredContainerInstances", schemaPath: "#/properties/cluster/oneOf/1/properties/registeredContainerInstances/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.cluster.oneOf[1].properties.registeredContainerInstances, data: data9 };
              if (vErrors === null) {
                vErrors = [err29];
              } else {
                vErrors.push(err29);
              }
              errors++;
            }
          }
        }
      } else {
        const err30 = { instancePath: instancePath + "/cluster", schemaPath: "#/properties/cluster/oneOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.cluster.oneOf[1].type, parentSchema: schema11.properties.cluster.oneOf[1], data: data6 };
        if (vErrors === null) {
          vErrors = [err30];
        } else {
          vErrors.push(err30);
        }
        errors++;
      }
      var _valid0 = _errs18 === errors;
      if (_valid0 && valid2) {
        valid2 = false;
        passing0 = [passing0, 1];
      } else {
        if (_valid0) {
          valid2 = true;
          passing0 = 1;
        }
      }
      if (!valid2) {
        const err31 = { instancePath: instancePath + "/cluster", schemaPath: "#/properties/cluster/oneOf", keyword: "oneOf", params: { passingSchemas: passing0 }, message: "must match exactly one schema in oneOf", schema: schema11.properties.cluster.oneOf, parentSchema: schema11.properties.cluster, data: data6 };
        if (vErrors === null) {
          vErrors = [err31];
        } else {
          vErrors.push(err31);
        }
        errors++;
      } else {
        errors = _errs15;
        if (vErrors !== null) {
          if (_errs15) {
            vErrors.length = _errs15;
          } else {
            vErrors = null;
          }
        }
      }
    }
    if (data.instances !== void 0) {
      let data10 = data.instances;
      if (Array.isArray(data10)) {
        const len0 = data10.length;
        for (let i0 = 0; i0 < len0; i0++) {
          let data11 = data10[i0];
          if (data11 && typeof data11 == "object" && !Array.isArray(data11)) {
            if (data11.instanceId === void 0) {
              const err32 = { instancePath: instancePath + "/instances/" + i0, schemaPath: "#/properties/instances/items/required", keyword: "required", params: { missingProperty: "instanceId" }, message: "must have required property 'instanceId'", schema: schema11.properties.instances.items.required, parentSchema: schema11.properties.instances.items, data: data11 };
              if (vErrors === null) {
                vErrors = [err32];
              } else {
                vErrors.push(err32);
              }
              errors++;
            }
            if (data11.slot === void 0) {
              const err33 = { instancePath: instancePath + "/instances/" + i0, schemaPath: "#/properties/instances/items/required", keyword: "required", params: { missingProperty: "slot" }, message: "must have required property 'slot'", schema: schema11.properties.instances.items.required, parentSchema: schema11.properties.instances.items, data: data11 };
              if (vErrors === null) {
                vErrors = [err33];
              } else {
                vErrors.push(err33);
              }
              errors++;
            }
            if (data11.state === void 0) {
              const err34 = { instancePath: instancePath + "/instances/" + i0, schemaPath: "#/properties/instances/items/required", keyword: "required", params: { missingProperty: "state" }, message: "must have required property 'state'", schema: schema11.properties.instances.items.required, parentSchema: schema11.properties.instances.items, data: data11 };
              if (vErrors === null) {
                vErrors = [err34];
              } else {
                vErrors.push(err34);
              }
              errors++;
            }
            if (data11.statusChecks === void 0) {
              const err35 = { instancePath: instancePath + "/instances/" + i0, schemaPath: "#/properties/instances/items/required", keyword: "required", params: { missingProperty: "statusChecks" }, message: "must have required property 'statusChecks'", schema: schema11.properties.instances.items.required, parentSchema: schema11.properties.instances.items, data: data11 };
              if (vErrors === null) {
                vErrors = [err35];
              } else {
                vErrors.push(err35);
              }
              errors++;
            }
            if (data11.availabilityZone === void 0) {
              const err36 = { instancePath: instancePath + "/instances/" + i0, schemaPath: "#/properties/instances/items/required", keyword: "required", params: { missingProperty: "availabilityZone" }, message: "must have required property 'availabilityZone'", schema: schema11.properties.instances.items.required, parentSchema: schema11.properties.instances.items, data: data11 };
              if (vErrors === null) {
                vErrors = [err36];
              } else {
                vErrors.push(err36);
              }
              errors++;
            }
            if (data11.amiId === void 0) {
              const err37 = { instancePath: instancePath + "/instances/" + i0, schemaPath: "#/properties/instances/items/required", keyword: "required", params: { missingProperty: "amiId" }, message: "must have required property 'amiId'", schema: schema11.properties.instances.items.required, parentSchema: schema11.properties.instances.items, data: data11 };
              if (vErrors === null) {
                vErrors = [err37];
              } else {
                vErrors.push(err37);
              }
              errors++;
            }
            if (data11.instanceType === void 0) {
              const err38 = { instancePath: instancePath + "/instances/" + i0, schemaPath: "#/properties/instances/items/required", keyword: "required", params: { missingProperty: "instanceType" }, message: "must have required property 'instanceType'", schema: schema11.properties.instances.items.required, parentSchema: schema11.properties.instances.items, data: data11 };
              if (vErrors === null) {
                vErrors = [err38];
              } else {
                vErrors.push(err38);
              }
              errors++;
            }
            if (data11.userDataBase64 === void 0) {
              const err39 = { instancePath: instancePath + "/instances/" + i0, schemaPath: "#/properties/instances/items/required", keyword: "required", params: { missingProperty: "userDataBase64" }, message: "must have required property 'userDataBase64'", schema: schema11.properties.instances.items.required, parentSchema: schema11.properties.instances.items, data: data11 };
              if (vErrors === null) {
                vErrors = [err39];
              } else {
                vErrors.push(err39);
              }
              errors++;
            }
            if (data11.rootVolumeGiB === void 0) {
              const err40 = { instancePath: instancePath + "/instances/" + i0, schemaPath: "#/properties/instances/items/required", keyword: "required", params: { missingProperty: "rootVolumeGiB" }, message: "must have required property 'rootVolumeGiB'", schema: schema11.properties.instances.items.required, parentSchema: schema11.properties.instances.items, data: data11 };
              if (vErrors === null) {
                vErrors = [err40];
              } else {
                vErrors.push(err40);
              }
              errors++;
            }
            if (data11.networkInterfaceIds === void 0) {
              const err41 = { instancePath: instancePath + "/instances/" + i0, schemaPath: "#/properties/instances/items/required", keyword: "required", params: { missingProperty: "networkInterfaceIds" }, message: "must have required property 'networkInterfaceIds'", schema: schema11.properties.instances.items.required, parentSchema: schema11.properties.instances.items, data: data11 };
              if (vErrors === null) {
                vErrors = [err41];
              } else {
                vErrors.push(err41);
              }
              errors++;
            }
            if (data11.launchTime === void 0) {
              const err42 = { instancePath: instancePath + "/instances/" + i0, schemaPath: "#/properties/instances/items/required", keyword: "required", params: { missingProperty: "launchTime" }, message: "must have required property 'launchTime'", schema: schema11.properties.instances.items.required, parentSchema: schema11.properties.instances.items, data: data11 };
              if (vErrors === null) {
                vErrors = [err42];
              } else {
                vErrors.push(err42);
              }
              errors++;
            }
            for (const key3 in data11) {
              if (!func2.call(schema11.properties.instances.items.properties, key3)) {
                const err43 = { instancePath: instancePath + "/instances/" + i0, schemaPath: "#/properties/instances/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key3 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.instances.items, data: data11 };
                if (vErrors === null) {
                  vErrors = [err43];
                } else {
                  vErrors.push(err43);
                }
                errors++;
              }
            }
            if (data11.instanceId !== void 0) {
              let data12 = data11.instanceId;
              if (typeof data12 === "string") {
                if (!pattern2.test(data12)) {
                  const err44 = { instancePath: instancePath + "/instances/" + i0 + "/instanceId", schemaPath: "#/properties/instances/items/properties/instanceId/pattern", keyword: "pattern", params: { pattern: "^i-" }, message: 'must match pattern "^i-"', schema: "^i-", parentSchema: schema11.properties.instances.items.properties.instanceId, data: data12 };
                  if (vErrors === null) {
                    vErrors = [err44];
                  } else {
                    vErrors.push(err44);
                  }
                  errors++;
                }
              } else {
                const err45 = { instancePath: instancePath + "/instances/" + i0 + "/instanceId", schemaPath: "#/properties/instances/items/properties/instanceId/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.instances.items.properties.instanceId.type, parentSchema: schema11.properties.instances.items.properties.instanceId, data: data12 };
                if (vErrors === null) {
                  vErrors = [err45];
                } else {
                  vErrors.push(err45);
                }
                errors++;
              }
            }
            if (data11.slot !== void 0) {
              let data13 = data11.slot;
              if (!(typeof data13 == "number" && (!(data13 % 1) && !isNaN(data13)) && isFinite(data13)) && data13 !== null) {
                const err46 = { instancePath: instancePath + "/instances/" + i0 + "/slot", schemaPath: "#/properties/instances/items/properties/slot/type", keyword: "type", params: { type: schema11.properties.instances.items.properties.slot.type }, message: "must be integer,null", schema: schema11.properties.instances.items.properties.slot.type, parentSchema: schema11.properties.instances.items.properties.slot, data: data13 };
                if (vErrors === null) {
                  vErrors = [err46];
                } else {
                  vErrors.push(err46);
                }
                errors++;
              }
              if (typeof data13 == "number" && isFinite(data13)) {
                if (data13 < 0 || isNaN(data13)) {
                  const err47 = { instancePath: instancePath + "/instances/" + i0 + "/slot", schemaPath: "#/properties/instances/items/properties/slot/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.instances.items.properties.slot, data: data13 };
                  if (vErrors === null) {
                    vErrors = [err47];
                  } else {
                    vErrors.push(err47);
                  }
                  errors++;
                }
              }
            }
            if (data11.state !== void 0) {
              let data14 = data11.state;
              if (!(data14 === "pending" || data14 === "running" || data14 === "stopping" || data14 === "stopped" || data14 === "shutting-down")) {
                const err48 = { instancePath: instancePath + "/instances/" + i0 + "/state", schemaPath: "#/properties/instances/items/properties/state/enum", keyword: "enum", params: { allowedValues: schema11.properties.instances.items.properties.state.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.instances.items.properties.state.enum, parentSchema: schema11.properties.instances.items.properties.state, data: data14 };
                if (vErrors === null) {
                  vErrors = [err48];
                } else {
                  vErrors.push(err48);
                }
                errors++;
              }
            }
            if (data11.statusChecks !== void 0) {
              let data15 = data11.statusChecks;
              if (!(data15 === "ok" || data15 === "initializing" || data15 === "impaired" || data15 === "insufficient-data" || data15 === "not-applicable" || data15 === "unknown")) {
                const err49 = { instancePath: instancePath + "/instances/" + i0 + "/statusChecks", schemaPath: "#/properties/instances/items/properties/statusChecks/enum", keyword: "enum", params: { allowedValues: schema11.properties.instances.items.properties.statusChecks.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.instances.items.properties.statusChecks.enum, parentSchema: schema11.properties.instances.items.properties.statusChecks, data: data15 };
                if (vErrors === null) {
                  vErrors = [err49];
                } else {
                  vErrors.push(err49);
                }
                errors++;
              }
            }
            if (data11.availabilityZone !== void 0) {
              let data16 = data11.availabilityZone;
              if (typeof data16 !== "string") {
                const err50 = { instancePath: instancePath + "/instances/" + i0 + "/availabilityZone", schemaPath: "#/properties/instances/items/properties/availabilityZone/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.instances.items.properties.availabilityZone.type, parentSchema: schema11.properties.instances.items.properties.availabilityZone, data: data16 };
                if (vErrors === null) {
                  vErrors = [err50];
                } else {
                  vErrors.push(err50);
                }
                errors++;
              }
            }
            if (data11.amiId !== void 0) {
              let data17 = data11.amiId;
              if (typeof data17 === "string") {
                if (!pattern1.test(data17)) {
                  const err51 = { instancePath: instancePath + "/instances/" + i0 + "/amiId", schemaPath: "#/properties/instances/items/properties/amiId/pattern", keyword: "pattern", params: { pattern: "^ami-" }, message: 'must match pattern "^ami-"', schema: "^ami-", parentSchema: schema11.properties.instances.items.properties.amiId, data: data17 };
                  if (vErrors === null) {
                    vErrors = [err51];
                  } else {
                    vErrors.push(err51);
                  }
                  errors++;
                }
              } else {
                const err52 = { instancePath: instancePath + "/instances/" + i0 + "/amiId", schemaPath: "#/properties/instances/items/properties/amiId/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.instances.items.properties.amiId.type, parentSchema: schema11.properties.instances.items.properties.amiId, data: data17 };
                if (vErrors === null) {
                  vErrors = [err52];
                } else {
                  vErrors.push(err52);
                }
                errors++;
              }
            }
            if (data11.instanceType !== void 0) {
              let data18 = data11.instanceType;
              if (typeof data18 !== "string") {
                const err53 = { instancePath: instancePath + "/instances/" + i0 + "/instanceType", schemaPath: "#/properties/instances/items/properties/instanceType/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.instances.items.properties.instanceType.type, parentSchema: schema11.properties.instances.items.properties.instanceType, data: data18 };
                if (vErrors === null) {
                  vErrors = [err53];
                } else {
                  vErrors.push(err53);
                }
                errors++;
              }
            }
            if (data11.userDataBase64 !== void 0) {
              let data19 = data11.userDataBase64;
              if (typeof data19 === "string") {
                if (!pattern4.test(data19)) {
                  const err54 = { instancePath: instancePath + "/instances/" + i0 + "/userDataBase64", schemaPath: "#/properties/instances/items/properties/userDataBase64/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9+/]*={0,2}$" }, message: 'must match pattern "^[A-Za-z0-9+/]*={0,2}$"', schema: "^[A-Za-z0-9+/]*={0,2}$", parentSchema: schema11.properties.instances.items.properties.userDataBase64, data: data19 };
                  if (vErrors === null) {
                    vErrors = [err54];
                  } else {
                    vErrors.push(err54);
                  }
                  errors++;
                }
              } else {
                const err55 = { instancePath: instancePath + "/instances/" + i0 + "/userDataBase64", schemaPath: "#/properties/instances/items/properties/userDataBase64/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.instances.items.properties.userDataBase64.type, parentSchema: schema11.properties.instances.items.properties.userDataBase64, data: data19 };
                if (vErrors === null) {
                  vErrors = [err55];
                } else {
                  vErrors.push(err55);
                }
                errors++;
              }
            }
            if (data11.rootVolumeGiB !== void 0) {
              let data20 = data11.rootVolumeGiB;
              if (!(typeof data20 == "number" && (!(data20 % 1) && !isNaN(data20)) && isFinite(data20)) && data20 !== null) {
                const err56 = { instancePath: instancePath + "/instances/" + i0 + "/rootVolumeGiB", schemaPath: "#/properties/instances/items/properties/rootVolumeGiB/type", keyword: "type", params: { type: schema11.properties.instances.items.properties.rootVolumeGiB.type }, message: "must be integer,null", schema: schema11.properties.instances.items.properties.rootVolumeGiB.type, parentSchema: schema11.properties.instances.items.properties.rootVolumeGiB, data: data20 };
                if (vErrors === null) {
                  vErrors = [err56];
                } else {
                  vErrors.push(err56);
                }
                errors++;
              }
              if (typeof data20 == "number" && isFinite(data20)) {
                if (data20 < 1 || isNaN(data20)) {
                  const err57 = { instancePath: instancePath + "/instances/" + i0 + "/rootVolumeGiB", schemaPath: "#/properties/instances/items/properties/rootVolumeGiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema11.properties.instances.items.properties.rootVolumeGiB, data: data20 };
                  if (vErrors === null) {
                    vErrors = [err57];
                  } else {
                    vErrors.push(err57);
                  }
                  errors++;
                }
              }
            }
            if (data11.dataVolumeGiB !== void 0) {
              let data21 = data11.dataVolumeGiB;
              if (!(typeof data21 == "number" && (!(data21 % 1) && !isNaN(data21)) && isFinite(data21))) {
                const err58 = { instancePath: instancePath + "/instances/" + i0 + "/dataVolumeGiB", schemaPath: "#/properties/instances/items/properties/dataVolumeGiB/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.instances.items.properties.dataVolumeGiB.type, parentSchema: schema11.properties.instances.items.properties.dataVolumeGiB, data: data21 };
                if (vErrors === null) {
                  vErrors = [err58];
                } else {
                  vErrors.push(err58);
                }
                errors++;
              }
              if (typeof data21 == "number" && isFinite(data21)) {
                if (data21 < 1 || isNaN(data21)) {
                  const err59 = { instancePath: instancePath + "/instances/" + i0 + "/dataVolumeGiB", schemaPath: "#/properties/instances/items/properties/dataVolumeGiB/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 }, message: "must be >= 1", schema: 1, parentSchema: schema11.properties.instances.items.properties.dataVolumeGiB, data: data21 };
                  if (vErrors === null) {
                    vErrors = [err59];
                  } else {
                    vErrors.push(err59);
                  }
                  errors++;
                }
              }
            }
            if (data11.networkInterfaceIds !== void 0) {
              let data22 = data11.networkInterfaceIds;
              if (Array.isArray(data22)) {
                const len1 = data22.length;
                for (let i1 = 0; i1 < len1; i1++) {
                  let data23 = data22[i1];
                  if (typeof data23 === "string") {
                    if (!pattern5.test(data23)) {
                      const err60 = { instancePath: instancePath + "/instances/" + i0 + "/networkInterfaceIds/" + i1, schemaPath: "#/properties/instances/items/properties/networkInterfaceIds/items/pattern", keyword: "pattern", params: { pattern: "^eni-" }, message: 'must match pattern "^eni-"', schema: "^eni-", parentSchema: schema11.properties.instances.items.properties.networkInterfaceIds.items, data: data23 };
                      if (vErrors === null) {
                        vErrors = [err60];
                      } else {
                        vErrors.push(err60);
                      }
                      errors++;
                    }
                  } else {
                    const err61 = { instancePath: instancePath + "/instances/" + i0 + "/networkInterfaceIds/" + i1, schemaPath: "#/properties/instances/items/properties/networkInterfaceIds/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.instances.items.properties.networkInterfaceIds.items.type, parentSchema: schema11.properties.instances.items.properties.networkInterfaceIds.items, data: data23 };
                    if (vErrors === null) {
                      vErrors = [err61];
                    } else {
                      vErrors.push(err61);
                    }
                    errors++;
                  }
                }
              } else {
                const err62 = { instancePath: instancePath + "/instances/" + i0 + "/networkInterfaceIds", schemaPath: "#/properties/instances/items/properties/networkInterfaceIds/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.instances.items.properties.networkInterfaceIds.type, parentSchema: schema11.properties.instances.items.properties.networkInterfaceIds, data: data22 };
                if (vErrors === null) {
                  vErrors = [err62];
                } else {
                  vErrors.push(err62);
                }
                errors++;
              }
            }
            if (data11.launchTime !== void 0) {
              let data24 = data11.launchTime;
              if (typeof data24 === "string") {
                if (!pattern6.test(data24)) {
                  const err63 = { instancePath: instancePath + "/instances/" + i0 + "/launchTime", schemaPath: "#/properties/instances/items/properties/launchTime/pattern", keyword: "pattern", params: { pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$" }, message: 'must match pattern "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$"', schema: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$", parentSchema: schema11.properties.instances.items.properties.launchTime, data: data24 };
                  if (vErrors === null) {
                    vErrors = [err63];
                  } else {
                    vErrors.push(err63);
                  }
                  errors++;
                }
              } else {
                const err64 = { instancePath: instancePath + "/instances/" + i0 + "/launchTime", schemaPath: "#/properties/instances/items/properties/launchTime/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.instances.items.properties.launchTime.type, parentSchema: schema11.properties.instances.items.properties.launchTime, data: data24 };
                if (vErrors === null) {
                  vErrors = [err64];
                } else {
                  vErrors.push(err64);
                }
                errors++;
              }
            }
          } else {
            const err65 = { instancePath: instancePath + "/instances/" + i0, schemaPath: "#/properties/instances/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.instances.items.type, parentSchema: schema11.properties.instances.items, data: data11 };
            if (vErrors === null) {
              vErrors = [err65];
            } else {
              vErrors.push(err65);
            }
            errors++;
          }
        }
      } else {
        const err66 = { instancePath: instancePath + "/instances", schemaPath: "#/properties/instances/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.instances.type, parentSchema: schema11.properties.instances, data: data10 };
        if (vErrors === null) {
          vErrors = [err66];
        } else {
          vErrors.push(err66);
        }
        errors++;
      }
    }
    if (data.networkInterfaces !== void 0) {
      let data25 = data.networkInterfaces;
      if (Array.isArray(data25)) {
        const len2 = data25.length;
        for (let i2 = 0; i2 < len2; i2++) {
          let data26 = data25[i2];
          if (data26 && typeof data26 == "object" && !Array.isArray(data26)) {
            if (data26.networkInterfaceId === void 0) {
              const err67 = { instancePath: instancePath + "/networkInterfaces/" + i2, schemaPath: "#/properties/networkInterfaces/items/required", keyword: "required", params: { missingProperty: "networkInterfaceId" }, message: "must have required property 'networkInterfaceId'", schema: schema11.properties.networkInterfaces.items.required, parentSchema: schema11.properties.networkInterfaces.items, data: data26 };
              if (vErrors === null) {
                vErrors = [err67];
              } else {
                vErrors.push(err67);
              }
              errors++;
            }
            if (data26.slot === void 0) {
              const err68 = { instancePath: instancePath + "/networkInterfaces/" + i2, schemaPath: "#/properties/networkInterfaces/items/required", keyword: "required", params: { missingProperty: "slot" }, message: "must have required property 'slot'", schema: schema11.properties.networkInterfaces.items.required, parentSchema: schema11.properties.networkInterfaces.items, data: data26 };
              if (vErrors === null) {
                vErrors = [err68];
              } else {
                vErrors.push(err68);
              }
              errors++;
            }
            if (data26.availabilityZone === void 0) {
              const err69 = { instancePath: instancePath + "/networkInterfaces/" + i2, schemaPath: "#/properties/networkInterfaces/items/required", keyword: "required", params: { missingProperty: "availabilityZone" }, message: "must have required property 'availabilityZone'", schema: schema11.properties.networkInterfaces.items.required, parentSchema: schema11.properties.networkInterfaces.items, data: data26 };
              if (vErrors === null) {
                vErrors = [err69];
              } else {
                vErrors.push(err69);
              }
              errors++;
            }
            if (data26.subnetId === void 0) {
              const err70 = { instancePath: instancePath + "/networkInterfaces/" + i2, schemaPath: "#/properties/networkInterfaces/items/required", keyword: "required", params: { missingProperty: "subnetId" }, message: "must have required property 'subnetId'", schema: schema11.properties.networkInterfaces.items.required, parentSchema: schema11.properties.networkInterfaces.items, data: data26 };
              if (vErrors === null) {
                vErrors = [err70];
              } else {
                vErrors.push(err70);
              }
              errors++;
            }
            if (data26.privateIpv4 === void 0) {
              const err71 = { instancePath: instancePath + "/networkInterfaces/" + i2, schemaPath: "#/properties/networkInterfaces/items/required", keyword: "required", params: { missingProperty: "privateIpv4" }, message: "must have required property 'privateIpv4'", schema: schema11.properties.networkInterfaces.items.required, parentSchema: schema11.properties.networkInterfaces.items, data: data26 };
              if (vErrors === null) {
                vErrors = [err71];
              } else {
                vErrors.push(err71);
              }
              errors++;
            }
            if (data26.ipv6 === void 0) {
              const err72 = { instancePath: instancePath + "/networkInterfaces/" + i2, schemaPath: "#/properties/networkInterfaces/items/required", keyword: "required", params: { missingProperty: "ipv6" }, message: "must have required property 'ipv6'", schema: schema11.properties.networkInterfaces.items.required, parentSchema: schema11.properties.networkInterfaces.items, data: data26 };
              if (vErrors === null) {
                vErrors = [err72];
              } else {
                vErrors.push(err72);
              }
              errors++;
            }
            if (data26.instanceId === void 0) {
              const err73 = { instancePath: instancePath + "/networkInterfaces/" + i2, schemaPath: "#/properties/networkInterfaces/items/required", keyword: "required", params: { missingProperty: "instanceId" }, message: "must have required property 'instanceId'", schema: schema11.properties.networkInterfaces.items.required, parentSchema: schema11.properties.networkInterfaces.items, data: data26 };
              if (vErrors === null) {
                vErrors = [err73];
              } else {
                vErrors.push(err73);
              }
              errors++;
            }
            for (const key4 in data26) {
              if (!(key4 === "networkInterfaceId" || key4 === "slot" || key4 === "availabilityZone" || key4 === "subnetId" || key4 === "privateIpv4" || key4 === "ipv6" || key4 === "instanceId")) {
                const err74 = { instancePath: instancePath + "/networkInterfaces/" + i2, schemaPath: "#/properties/networkInterfaces/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key4 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.networkInterfaces.items, data: data26 };
                if (vErrors === null) {
                  vErrors = [err74];
                } else {
                  vErrors.push(err74);
                }
                errors++;
              }
            }
            if (data26.networkInterfaceId !== void 0) {
              let data27 = data26.networkInterfaceId;
              if (typeof data27 === "string") {
                if (!pattern5.test(data27)) {
                  const err75 = { instancePath: instancePath + "/networkInterfaces/" + i2 + "/networkInterfaceId", schemaPath: "#/properties/networkInterfaces/items/properties/networkInterfaceId/pattern", keyword: "pattern", params: { pattern: "^eni-" }, message: 'must match pattern "^eni-"', schema: "^eni-", parentSchema: schema11.properties.networkInterfaces.items.properties.networkInterfaceId, data: data27 };
                  if (vErrors === null) {
                    vErrors = [err75];
                  } else {
                    vErrors.push(err75);
                  }
                  errors++;
                }
              } else {
                const err76 = { instancePath: instancePath + "/networkInterfaces/" + i2 + "/networkInterfaceId", schemaPath: "#/properties/networkInterfaces/items/properties/networkInterfaceId/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.networkInterfaces.items.properties.networkInterfaceId.type, parentSchema: schema11.properties.networkInterfaces.items.properties.networkInterfaceId, data: data27 };
                if (vErrors === null) {
                  vErrors = [err76];
                } else {
                  vErrors.push(err76);
                }
                errors++;
              }
            }
            if (data26.slot !== void 0) {
              let data28 = data26.slot;
              if (!(typeof data28 == "number" && (!(data28 % 1) && !isNaN(data28)) && isFinite(data28)) && data28 !== null) {
                const err77 = { instancePath: instancePath + "/networkInterfaces/" + i2 + "/slot", schemaPath: "#/properties/networkInterfaces/items/properties/slot/type", keyword: "type", params: { type: schema11.properties.networkInterfaces.items.properties.slot.type }, message: "must be integer,null", schema: schema11.properties.networkInterfaces.items.properties.slot.type, parentSchema: schema11.properties.networkInterfaces.items.properties.slot, data: data28 };
                if (vErrors === null) {
                  vErrors = [err77];
                } else {
                  vErrors.push(err77);
                }
                errors++;
              }
              if (typeof data28 == "number" && isFinite(data28)) {
                if (data28 < 0 || isNaN(data28)) {
                  const err78 = { instancePath: instancePath + "/networkInterfaces/" + i2 + "/slot", schemaPath: "#/properties/networkInterfaces/items/properties/slot/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.networkInterfaces.items.properties.slot, data: data28 };
                  if (vErrors === null) {
                    vErrors = [err78];
                  } else {
                    vErrors.push(err78);
                  }
                  errors++;
                }
              }
            }
            if (data26.availabilityZone !== void 0) {
              let data29 = data26.availabilityZone;
              if (typeof data29 !== "string") {
                const err79 = { instancePath: instancePath + "/networkInterfaces/" + i2 + "/availabilityZone", schemaPath: "#/properties/networkInterfaces/items/properties/availabilityZone/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.networkInterfaces.items.properties.availabilityZone.type, parentSchema: schema11.properties.networkInterfaces.items.properties.availabilityZone, data: data29 };
                if (vErrors === null) {
                  vErrors = [err79];
                } else {
                  vErrors.push(err79);
                }
                errors++;
              }
            }
            if (data26.subnetId !== void 0) {
              let data30 = data26.subnetId;
              if (typeof data30 !== "string") {
                const err80 = { instancePath: instancePath + "/networkInterfaces/" + i2 + "/subnetId", schemaPath: "#/properties/networkInterfaces/items/properties/subnetId/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.networkInterfaces.items.properties.subnetId.type, parentSchema: schema11.properties.networkInterfaces.items.properties.subnetId, data: data30 };
                if (vErrors === null) {
                  vErrors = [err80];
                } else {
                  vErrors.push(err80);
                }
                errors++;
              }
            }
            if (data26.privateIpv4 !== void 0) {
              let data31 = data26.privateIpv4;
              if (typeof data31 !== "string") {
                const err81 = { instancePath: instancePath + "/networkInterfaces/" + i2 + "/privateIpv4", schemaPath: "#/properties/networkInterfaces/items/properties/privateIpv4/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.networkInterfaces.items.properties.privateIpv4.type, parentSchema: schema11.properties.networkInterfaces.items.properties.privateIpv4, data: data31 };
                if (vErrors === null) {
                  vErrors = [err81];
                } else {
                  vErrors.push(err81);
                }
                errors++;
              }
            }
            if (data26.ipv6 !== void 0) {
              let data32 = data26.ipv6;
              if (Array.isArray(data32)) {
                const len3 = data32.length;
                for (let i3 = 0; i3 < len3; i3++) {
                  let data33 = data32[i3];
                  if (typeof data33 !== "string") {
                    const err82 = { instancePath: instancePath + "/networkInterfaces/" + i2 + "/ipv6/" + i3, schemaPath: "#/properties/networkInterfaces/items/properties/ipv6/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.networkInterfaces.items.properties.ipv6.items.type, parentSchema: schema11.properties.networkInterfaces.items.properties.ipv6.items, data: data33 };
                    if (vErrors === null) {
                      vErrors = [err82];
                    } else {
                      vErrors.push(err82);
                    }
                    errors++;
                  }
                }
              } else {
                const err83 = { instancePath: instancePath + "/networkInterfaces/" + i2 + "/ipv6", schemaPath: "#/properties/networkInterfaces/items/properties/ipv6/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.networkInterfaces.items.properties.ipv6.type, parentSchema: schema11.properties.networkInterfaces.items.properties.ipv6, data: data32 };
                if (vErrors === null) {
                  vErrors = [err83];
                } else {
                  vErrors.push(err83);
                }
                errors++;
              }
            }
            if (data26.instanceId !== void 0) {
              let data34 = data26.instanceId;
              if (typeof data34 !== "string" && data34 !== null) {
                const err84 = { instancePath: instancePath + "/networkInterfaces/" + i2 + "/instanceId", schemaPath: "#/properties/networkInterfaces/items/properties/instanceId/type", keyword: "type", params: { type: schema11.properties.networkInterfaces.items.properties.instanceId.type }, message: "must be string,null", schema: schema11.properties.networkInterfaces.items.properties.instanceId.type, parentSchema: schema11.properties.networkInterfaces.items.properties.instanceId, data: data34 };
                if (vErrors === null) {
                  vErrors = [err84];
                } else {
                  vErrors.push(err84);
                }
                errors++;
              }
            }
          } else {
            const err85 = { instancePath: instancePath + "/networkInterfaces/" + i2, schemaPath: "#/properties/networkInterfaces/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.networkInterfaces.items.type, parentSchema: schema11.properties.networkInterfaces.items, data: data26 };
            if (vErrors === null) {
              vErrors = [err85];
            } else {
              vErrors.push(err85);
            }
            errors++;
          }
        }
      } else {
        const err86 = { instancePath: instancePath + "/networkInterfaces", schemaPath: "#/properties/networkInterfaces/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.networkInterfaces.type, parentSchema: schema11.properties.networkInterfaces, data: data25 };
        if (vErrors === null) {
          vErrors = [err86];
        } else {
          vErrors.push(err86);
        }
        errors++;
      }
    }
    if (data.elasticIps !== void 0) {
      let data35 = data.elasticIps;
      if (Array.isArray(data35)) {
        const len4 = data35.length;
        for (let i4 = 0; i4 < len4; i4++) {
          let data36 = data35[i4];
          if (data36 && typeof data36 == "object" && !Array.isArray(data36)) {
            if (data36.allocationId === void 0) {
              const err87 = { instancePath: instancePath + "/elasticIps/" + i4, schemaPath: "#/properties/elasticIps/items/required", keyword: "required", params: { missingProperty: "allocationId" }, message: "must have required property 'allocationId'", schema: schema11.properties.elasticIps.items.required, parentSchema: schema11.properties.elasticIps.items, data: data36 };
              if (vErrors === null) {
                vErrors = [err87];
              } else {
                vErrors.push(err87);
              }
              errors++;
            }
            if (data36.slot === void 0) {
              const err88 = { instancePath: instancePath + "/elasticIps/" + i4, schemaPath: "#/properties/elasticIps/items/required", keyword: "required", params: { missingProperty: "slot" }, message: "must have required property 'slot'", schema: schema11.properties.elasticIps.items.required, parentSchema: schema11.properties.elasticIps.items, data: data36 };
              if (vErrors === null) {
                vErrors = [err88];
              } else {
                vErrors.push(err88);
              }
              errors++;
            }
            if (data36.publicIpv4 === void 0) {
              const err89 = { instancePath: instancePath + "/elasticIps/" + i4, schemaPath: "#/properties/elasticIps/items/required", keyword: "required", params: { missingProperty: "publicIpv4" }, message: "must have required property 'publicIpv4'", schema: schema11.properties.elasticIps.items.required, parentSchema: schema11.properties.elasticIps.items, data: data36 };
              if (vErrors === null) {
                vErrors = [err89];
              } else {
                vErrors.push(err89);
              }
              errors++;
            }
            if (data36.networkInterfaceId === void 0) {
              const err90 = { instancePath: instancePath + "/elasticIps/" + i4, schemaPath: "#/properties/elasticIps/items/required", keyword: "required", params: { missingProperty: "networkInterfaceId" }, message: "must have required property 'networkInterfaceId'", schema: schema11.properties.elasticIps.items.required, parentSchema: schema11.properties.elasticIps.items, data: data36 };
              if (vErrors === null) {
                vErrors = [err90];
              } else {
                vErrors.push(err90);
              }
              errors++;
            }
            for (const key5 in data36) {
              if (!(key5 === "allocationId" || key5 === "slot" || key5 === "publicIpv4" || key5 === "networkInterfaceId")) {
                const err91 = { instancePath: instancePath + "/elasticIps/" + i4, schemaPath: "#/properties/elasticIps/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key5 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.elasticIps.items, data: data36 };
                if (vErrors === null) {
                  vErrors = [err91];
                } else {
                  vErrors.push(err91);
                }
                errors++;
              }
            }
            if (data36.allocationId !== void 0) {
              let data37 = data36.allocationId;
              if (typeof data37 === "string") {
                if (!pattern8.test(data37)) {
                  const err92 = { instancePath: instancePath + "/elasticIps/" + i4 + "/allocationId", schemaPath: "#/properties/elasticIps/items/properties/allocationId/pattern", keyword: "pattern", params: { pattern: "^eipalloc-" }, message: 'must match pattern "^eipalloc-"', schema: "^eipalloc-", parentSchema: schema11.properties.elasticIps.items.properties.allocationId, data: data37 };
                  if (vErrors === null) {
                    vErrors = [err92];
                  } else {
                    vErrors.push(err92);
                  }
                  errors++;
                }
              } else {
                const err93 = { instancePath: instancePath + "/elasticIps/" + i4 + "/allocationId", schemaPath: "#/properties/elasticIps/items/properties/allocationId/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.elasticIps.items.properties.allocationId.type, parentSchema: schema11.properties.elasticIps.items.properties.allocationId, data: data37 };
                if (vErrors === null) {
                  vErrors = [err93];
                } else {
                  vErrors.push(err93);
                }
                errors++;
              }
            }
            if (data36.slot !== void 0) {
              let data38 = data36.slot;
              if (!(typeof data38 == "number" && (!(data38 % 1) && !isNaN(data38)) && isFinite(data38)) && data38 !== null) {
                const err94 = { instancePath: instancePath + "/elasticIps/" + i4 + "/slot", schemaPath: "#/properties/elasticIps/items/properties/slot/type", keyword: "type", params: { type: schema11.properties.elasticIps.items.properties.slot.type }, message: "must be integer,null", schema: schema11.properties.elasticIps.items.properties.slot.type, parentSchema: schema11.properties.elasticIps.items.properties.slot, data: data38 };
                if (vErrors === null) {
                  vErrors = [err94];
                } else {
                  vErrors.push(err94);
                }
                errors++;
              }
              if (typeof data38 == "number" && isFinite(data38)) {
                if (data38 < 0 || isNaN(data38)) {
                  const err95 = { instancePath: instancePath + "/elasticIps/" + i4 + "/slot", schemaPath: "#/properties/elasticIps/items/properties/slot/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.elasticIps.items.properties.slot, data: data38 };
                  if (vErrors === null) {
                    vErrors = [err95];
                  } else {
                    vErrors.push(err95);
                  }
                  errors++;
                }
              }
            }
            if (data36.publicIpv4 !== void 0) {
              let data39 = data36.publicIpv4;
              if (typeof data39 !== "string") {
                const err96 = { instancePath: instancePath + "/elasticIps/" + i4 + "/publicIpv4", schemaPath: "#/properties/elasticIps/items/properties/publicIpv4/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.elasticIps.items.properties.publicIpv4.type, parentSchema: schema11.properties.elasticIps.items.properties.publicIpv4, data: data39 };
                if (vErrors === null) {
                  vErrors = [err96];
                } else {
                  vErrors.push(err96);
                }
                errors++;
              }
            }
            if (data36.networkInterfaceId !== void 0) {
              let data40 = data36.networkInterfaceId;
              if (typeof data40 !== "string" && data40 !== null) {
                const err97 = { instancePath: instancePath + "/elasticIps/" + i4 + "/networkInterfaceId", schemaPath: "#/properties/elasticIps/items/properties/networkInterfaceId/type", keyword: "type", params: { type: schema11.properties.elasticIps.items.properties.networkInterfaceId.type }, message: "must be string,null", schema: schema11.properties.elasticIps.items.properties.networkInterfaceId.type, parentSchema: schema11.properties.elasticIps.items.properties.networkInterfaceId, data: data40 };
                if (vErrors === null) {
                  vErrors = [err97];
                } else {
                  vErrors.push(err97);
                }
                errors++;
              }
            }
          } else {
            const err98 = { instancePath: instancePath + "/elasticIps/" + i4, schemaPath: "#/properties/elasticIps/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.elasticIps.items.type, parentSchema: schema11.properties.elasticIps.items, data: data36 };
            if (vErrors === null) {
              vErrors = [err98];
            } else {
              vErrors.push(err98);
            }
            errors++;
          }
        }
      } else {
        const err99 = { instancePath: instancePath + "/elasticIps", schemaPath: "#/properties/elasticIps/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.elasticIps.type, parentSchema: schema11.properties.elasticIps, data: data35 };
        if (vErrors === null) {
          vErrors = [err99];
        } else {
          vErrors.push(err99);
        }
        errors++;
      }
    }
    if (data.untagged !== void 0) {
      let data41 = data.untagged;
      if (Array.isArray(data41)) {
        const len5 = data41.length;
        for (let i5 = 0; i5 < len5; i5++) {
          let data42 = data41[i5];
          if (data42 && typeof data42 == "object" && !Array.isArray(data42)) {
            if (data42.id === void 0) {
              const err100 = { instancePath: instancePath + "/untagged/" + i5, schemaPath: "#/properties/untagged/items/required", keyword: "required", params: { missingProperty: "id" }, message: "must have required property 'id'", schema: schema11.properties.untagged.items.required, parentSchema: schema11.properties.untagged.items, data: data42 };
              if (vErrors === null) {
                vErrors = [err100];
              } else {
                vErrors.push(err100);
              }
              errors++;
            }
            if (data42.kind === void 0) {
              const err101 = { instancePath: instancePath + "/untagged/" + i5, schemaPath: "#/properties/untagged/items/required", keyword: "required", params: { missingProperty: "kind" }, message: "must have required property 'kind'", schema: schema11.properties.untagged.items.required, parentSchema: schema11.properties.untagged.items, data: data42 };
              if (vErrors === null) {
                vErrors = [err101];
              } else {
                vErrors.push(err101);
              }
              errors++;
            }
            if (data42.environment === void 0) {
              const err102 = { instancePath: instancePath + "/untagged/" + i5, schemaPath: "#/properties/untagged/items/required", keyword: "required", params: { missingProperty: "environment" }, message: "must have required property 'environment'", schema: schema11.properties.untagged.items.required, parentSchema: schema11.properties.untagged.items, data: data42 };
              if (vErrors === null) {
                vErrors = [err102];
              } else {
                vErrors.push(err102);
              }
              errors++;
            }
            if (data42.slot === void 0) {
              const err103 = { instancePath: instancePath + "/untagged/" + i5, schemaPath: "#/properties/untagged/items/required", keyword: "required", params: { missingProperty: "slot" }, message: "must have required property 'slot'", schema: schema11.properties.untagged.items.required, parentSchema: schema11.properties.untagged.items, data: data42 };
              if (vErrors === null) {
                vErrors = [err103];
              } else {
                vErrors.push(err103);
              }
              errors++;
            }
            if (data42.foundBy === void 0) {
              const err104 = { instancePath: instancePath + "/untagged/" + i5, schemaPath: "#/properties/untagged/items/required", keyword: "required", params: { missingProperty: "foundBy" }, message: "must have required property 'foundBy'", schema: schema11.properties.untagged.items.required, parentSchema: schema11.properties.untagged.items, data: data42 };
              if (vErrors === null) {
                vErrors = [err104];
              } else {
                vErrors.push(err104);
              }
              errors++;
            }
            for (const key6 in data42) {
              if (!(key6 === "id" || key6 === "kind" || key6 === "environment" || key6 === "slot" || key6 === "state" || key6 === "publicIpv4" || key6 === "foundBy")) {
                const err105 = { instancePath: instancePath + "/untagged/" + i5, schemaPath: "#/properties/untagged/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key6 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.untagged.items, data: data42 };
                if (vErrors === null) {
                  vErrors = [err105];
                } else {
                  vErrors.push(err105);
                }
                errors++;
              }
            }
            if (data42.id !== void 0) {
              let data43 = data42.id;
              if (typeof data43 === "string") {
                if (!pattern9.test(data43)) {
                  const err106 = { instancePath: instancePath + "/untagged/" + i5 + "/id", schemaPath: "#/properties/untagged/items/properties/id/pattern", keyword: "pattern", params: { pattern: "^(i|eni|eipalloc)-" }, message: 'must match pattern "^(i|eni|eipalloc)-"', schema: "^(i|eni|eipalloc)-", parentSchema: schema11.properties.untagged.items.properties.id, data: data43 };
                  if (vErrors === null) {
                    vErrors = [err106];
                  } else {
                    vErrors.push(err106);
                  }
                  errors++;
                }
              } else {
                const err107 = { instancePath: instancePath + "/untagged/" + i5 + "/id", schemaPath: "#/properties/untagged/items/properties/id/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.untagged.items.properties.id.type, parentSchema: schema11.properties.untagged.items.properties.id, data: data43 };
                if (vErrors === null) {
                  vErrors = [err107];
                } else {
                  vErrors.push(err107);
                }
                errors++;
              }
            }
            if (data42.kind !== void 0) {
              let data44 = data42.kind;
              if (!(data44 === "instance" || data44 === "network-interface" || data44 === "elastic-ip")) {
                const err108 = { instancePath: instancePath + "/untagged/" + i5 + "/kind", schemaPath: "#/properties/untagged/items/properties/kind/enum", keyword: "enum", params: { allowedValues: schema11.properties.untagged.items.properties.kind.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.untagged.items.properties.kind.enum, parentSchema: schema11.properties.untagged.items.properties.kind, data: data44 };
                if (vErrors === null) {
                  vErrors = [err108];
                } else {
                  vErrors.push(err108);
                }
                errors++;
              }
            }
            if (data42.environment !== void 0) {
              let data45 = data42.environment;
              if (typeof data45 !== "string" && data45 !== null) {
                const err109 = { instancePath: instancePath + "/untagged/" + i5 + "/environment", schemaPath: "#/properties/untagged/items/properties/environment/type", keyword: "type", params: { type: schema11.properties.untagged.items.properties.environment.type }, message: "must be string,null", schema: schema11.properties.untagged.items.properties.environment.type, parentSchema: schema11.properties.untagged.items.properties.environment, data: data45 };
                if (vErrors === null) {
                  vErrors = [err109];
                } else {
                  vErrors.push(err109);
                }
                errors++;
              }
            }
            if (data42.slot !== void 0) {
              let data46 = data42.slot;
              if (!(typeof data46 == "number" && (!(data46 % 1) && !isNaN(data46)) && isFinite(data46)) && data46 !== null) {
                const err110 = { instancePath: instancePath + "/untagged/" + i5 + "/slot", schemaPath: "#/properties/untagged/items/properties/slot/type", keyword: "type", params: { type: schema11.properties.untagged.items.properties.slot.type }, message: "must be integer,null", schema: schema11.properties.untagged.items.properties.slot.type, parentSchema: schema11.properties.untagged.items.properties.slot, data: data46 };
                if (vErrors === null) {
                  vErrors = [err110];
                } else {
                  vErrors.push(err110);
                }
                errors++;
              }
              if (typeof data46 == "number" && isFinite(data46)) {
                if (data46 < 0 || isNaN(data46)) {
                  const err111 = { instancePath: instancePath + "/untagged/" + i5 + "/slot", schemaPath: "#/properties/untagged/items/properties/slot/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.untagged.items.properties.slot, data: data46 };
                  if (vErrors === null) {
                    vErrors = [err111];
                  } else {
                    vErrors.push(err111);
                  }
                  errors++;
                }
              }
            }
            if (data42.state !== void 0) {
              let data47 = data42.state;
              if (!(data47 === "pending" || data47 === "running" || data47 === "stopping" || data47 === "stopped" || data47 === "shutting-down")) {
                const err112 = { instancePath: instancePath + "/untagged/" + i5 + "/state", schemaPath: "#/properties/untagged/items/properties/state/enum", keyword: "enum", params: { allowedValues: schema11.properties.untagged.items.properties.state.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.untagged.items.properties.state.enum, parentSchema: schema11.properties.untagged.items.properties.state, data: data47 };
                if (vErrors === null) {
                  vErrors = [err112];
                } else {
                  vErrors.push(err112);
                }
                errors++;
              }
            }
            if (data42.publicIpv4 !== void 0) {
              let data48 = data42.publicIpv4;
              if (typeof data48 !== "string") {
                const err113 = { instancePath: instancePath + "/untagged/" + i5 + "/publicIpv4", schemaPath: "#/properties/untagged/items/properties/publicIpv4/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.untagged.items.properties.publicIpv4.type, parentSchema: schema11.properties.untagged.items.properties.publicIpv4, data: data48 };
                if (vErrors === null) {
                  vErrors = [err113];
                } else {
                  vErrors.push(err113);
                }
                errors++;
              }
            }
            if (data42.foundBy !== void 0) {
              let data49 = data42.foundBy;
              if (Array.isArray(data49)) {
                const len6 = data49.length;
                for (let i6 = 0; i6 < len6; i6++) {
                  let data50 = data49[i6];
                  if (data50 && typeof data50 == "object" && !Array.isArray(data50)) {
                    if (data50.kind === void 0) {
                      const err114 = { instancePath: instancePath + "/untagged/" + i5 + "/foundBy/" + i6, schemaPath: "#/properties/untagged/items/properties/foundBy/items/required", keyword: "required", params: { missingProperty: "kind" }, message: "must have required property 'kind'", schema: schema11.properties.untagged.items.properties.foundBy.items.required, parentSchema: schema11.properties.untagged.items.properties.foundBy.items, data: data50 };
                      if (vErrors === null) {
                        vErrors = [err114];
                      } else {
                        vErrors.push(err114);
                      }
                      errors++;
                    }
                    if (data50.id === void 0) {
                      const err115 = { instancePath: instancePath + "/untagged/" + i5 + "/foundBy/" + i6, schemaPath: "#/properties/untagged/items/properties/foundBy/items/required", keyword: "required", params: { missingProperty: "id" }, message: "must have required property 'id'", schema: schema11.properties.untagged.items.properties.foundBy.items.required, parentSchema: schema11.properties.untagged.items.properties.foundBy.items, data: data50 };
                      if (vErrors === null) {
                        vErrors = [err115];
                      } else {
                        vErrors.push(err115);
                      }
                      errors++;
                    }
                    if (data50.slot === void 0) {
                      const err116 = { instancePath: instancePath + "/untagged/" + i5 + "/foundBy/" + i6, schemaPath: "#/properties/untagged/items/properties/foundBy/items/required", keyword: "required", params: { missingProperty: "slot" }, message: "must have required property 'slot'", schema: schema11.properties.untagged.items.properties.foundBy.items.required, parentSchema: schema11.properties.untagged.items.properties.foundBy.items, data: data50 };
                      if (vErrors === null) {
                        vErrors = [err116];
                      } else {
                        vErrors.push(err116);
                      }
                      errors++;
                    }
                    for (const key7 in data50) {
                      if (!(key7 === "kind" || key7 === "id" || key7 === "slot")) {
                        const err117 = { instancePath: instancePath + "/untagged/" + i5 + "/foundBy/" + i6, schemaPath: "#/properties/untagged/items/properties/foundBy/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key7 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.untagged.items.properties.foundBy.items, data: data50 };
                        if (vErrors === null) {
                          vErrors = [err117];
                        } else {
                          vErrors.push(err117);
                        }
                        errors++;
                      }
                    }
                    if (data50.kind !== void 0) {
                      let data51 = data50.kind;
                      if (!(data51 === "registration" || data51 === "instance" || data51 === "network-interface" || data51 === "elastic-ip" || data51 === "description" || data51 === "record" || data51 === "tag" || data51 === "vpc")) {
                        const err118 = { instancePath: instancePath + "/untagged/" + i5 + "/foundBy/" + i6 + "/kind", schemaPath: "#/properties/untagged/items/properties/foundBy/items/properties/kind/enum", keyword: "enum", params: { allowedValues: schema11.properties.untagged.items.properties.foundBy.items.properties.kind.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.untagged.items.properties.foundBy.items.properties.kind.enum, parentSchema: schema11.properties.untagged.items.properties.foundBy.items.properties.kind, data: data51 };
                        if (vErrors === null) {
                          vErrors = [err118];
                        } else {
                          vErrors.push(err118);
                        }
                        errors++;
                      }
                    }
                    if (data50.id !== void 0) {
                      let data52 = data50.id;
                      if (typeof data52 === "string") {
                        if (func3(data52) < 1) {
                          const err119 = { instancePath: instancePath + "/untagged/" + i5 + "/foundBy/" + i6 + "/id", schemaPath: "#/properties/untagged/items/properties/foundBy/items/properties/id/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.untagged.items.properties.foundBy.items.properties.id, data: data52 };
                          if (vErrors === null) {
                            vErrors = [err119];
                          } else {
                            vErrors.push(err119);
                          }
                          errors++;
                        }
                      } else {
                        const err120 = { instancePath: instancePath + "/untagged/" + i5 + "/foundBy/" + i6 + "/id", schemaPath: "#/properties/untagged/items/properties/foundBy/items/properties/id/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.untagged.items.properties.foundBy.items.properties.id.type, parentSchema: schema11.properties.untagged.items.properties.foundBy.items.properties.id, data: data52 };
                        if (vErrors === null) {
                          vErrors = [err120];
                        } else {
                          vErrors.push(err120);
                        }
                        errors++;
                      }
                    }
                    if (data50.slot !== void 0) {
                      let data53 = data50.slot;
                      if (!(typeof data53 == "number" && (!(data53 % 1) && !isNaN(data53)) && isFinite(data53)) && data53 !== null) {
                        const err121 = { instancePath: instancePath + "/untagged/" + i5 + "/foundBy/" + i6 + "/slot", schemaPath: "#/properties/untagged/items/properties/foundBy/items/properties/slot/type", keyword: "type", params: { type: schema11.properties.untagged.items.properties.foundBy.items.properties.slot.type }, message: "must be integer,null", schema: schema11.properties.untagged.items.properties.foundBy.items.properties.slot.type, parentSchema: schema11.properties.untagged.items.properties.foundBy.items.properties.slot, data: data53 };
                        if (vErrors === null) {
                          vErrors = [err121];
                        } else {
                          vErrors.push(err121);
                        }
                        errors++;
                      }
                      if (typeof data53 == "number" && isFinite(data53)) {
                        if (data53 < 0 || isNaN(data53)) {
                          const err122 = { instancePath: instancePath + "/untagged/" + i5 + "/foundBy/" + i6 + "/slot", schemaPath: "#/properties/untagged/items/properties/foundBy/items/properties/slot/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.untagged.items.properties.foundBy.items.properties.slot, data: data53 };
                          if (vErrors === null) {
                            vErrors = [err122];
                          } else {
                            vErrors.push(err122);
                          }
                          errors++;
                        }
                      }
                    }
                  } else {
                    const err123 = { instancePath: instancePath + "/untagged/" + i5 + "/foundBy/" + i6, schemaPath: "#/properties/untagged/items/properties/foundBy/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.untagged.items.properties.foundBy.items.type, parentSchema: schema11.properties.untagged.items.properties.foundBy.items, data: data50 };
                    if (vErrors === null) {
                      vErrors = [err123];
                    } else {
                      vErrors.push(err123);
                    }
                    errors++;
                  }
                }
              } else {
                const err124 = { instancePath: instancePath + "/untagged/" + i5 + "/foundBy", schemaPath: "#/properties/untagged/items/properties/foundBy/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.untagged.items.properties.foundBy.type, parentSchema: schema11.properties.untagged.items.properties.foundBy, data: data49 };
                if (vErrors === null) {
                  vErrors = [err124];
                } else {
                  vErrors.push(err124);
                }
                errors++;
              }
            }
          } else {
            const err125 = { instancePath: instancePath + "/untagged/" + i5, schemaPath: "#/properties/untagged/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.untagged.items.type, parentSchema: schema11.properties.untagged.items, data: data42 };
            if (vErrors === null) {
              vErrors = [err125];
            } else {
              vErrors.push(err125);
            }
            errors++;
          }
        }
      } else {
        const err126 = { instancePath: instancePath + "/untagged", schemaPath: "#/properties/untagged/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.untagged.type, parentSchema: schema11.properties.untagged, data: data41 };
        if (vErrors === null) {
          vErrors = [err126];
        } else {
          vErrors.push(err126);
        }
        errors++;
      }
    }
    if (data.remembered !== void 0) {
      let data54 = data.remembered;
      if (Array.isArray(data54)) {
        const len7 = data54.length;
        for (let i7 = 0; i7 < len7; i7++) {
          let data55 = data54[i7];
          if (data55 && typeof data55 == "object" && !Array.isArray(data55)) {
            if (data55.slot === void 0) {
              const err127 = { instancePath: instancePath + "/remembered/" + i7, schemaPath: "#/properties/remembered/items/required", keyword: "required", params: { missingProperty: "slot" }, message: "must have required property 'slot'", schema: schema11.properties.remembered.items.required, parentSchema: schema11.properties.remembered.items, data: data55 };
              if (vErrors === null) {
                vErrors = [err127];
              } else {
                vErrors.push(err127);
              }
              errors++;
            }
            if (data55.availabilityZone === void 0) {
              const err128 = { instancePath: instancePath + "/remembered/" + i7, schemaPath: "#/properties/remembered/items/required", keyword: "required", params: { missingProperty: "availabilityZone" }, message: "must have required property 'availabilityZone'", schema: schema11.properties.remembered.items.required, parentSchema: schema11.properties.remembered.items, data: data55 };
              if (vErrors === null) {
                vErrors = [err128];
              } else {
                vErrors.push(err128);
              }
              errors++;
            }
            if (data55.networkInterfaceId === void 0) {
              const err129 = { instancePath: instancePath + "/remembered/" + i7, schemaPath: "#/properties/remembered/items/required", keyword: "required", params: { missingProperty: "networkInterfaceId" }, message: "must have required property 'networkInterfaceId'", schema: schema11.properties.remembered.items.required, parentSchema: schema11.properties.remembered.items, data: data55 };
              if (vErrors === null) {
                vErrors = [err129];
              } else {
                vErrors.push(err129);
              }
              errors++;
            }
            if (data55.privateIpv4 === void 0) {
              const err130 = { instancePath: instancePath + "/remembered/" + i7, schemaPath: "#/properties/remembered/items/required", keyword: "required", params: { missingProperty: "privateIpv4" }, message: "must have required property 'privateIpv4'", schema: schema11.properties.remembered.items.required, parentSchema: schema11.properties.remembered.items, data: data55 };
              if (vErrors === null) {
                vErrors = [err130];
              } else {
                vErrors.push(err130);
              }
              errors++;
            }
            if (data55.ipv6 === void 0) {
              const err131 = { instancePath: instancePath + "/remembered/" + i7, schemaPath: "#/properties/remembered/items/required", keyword: "required", params: { missingProperty: "ipv6" }, message: "must have required property 'ipv6'", schema: schema11.properties.remembered.items.required, parentSchema: schema11.properties.remembered.items, data: data55 };
              if (vErrors === null) {
                vErrors = [err131];
              } else {
                vErrors.push(err131);
              }
              errors++;
            }
            if (data55.allocationId === void 0) {
              const err132 = { instancePath: instancePath + "/remembered/" + i7, schemaPath: "#/properties/remembered/items/required", keyword: "required", params: { missingProperty: "allocationId" }, message: "must have required property 'allocationId'", schema: schema11.properties.remembered.items.required, parentSchema: schema11.properties.remembered.items, data: data55 };
              if (vErrors === null) {
                vErrors = [err132];
              } else {
                vErrors.push(err132);
              }
              errors++;
            }
            if (data55.publicIpv4 === void 0) {
              const err133 = { instancePath: instancePath + "/remembered/" + i7, schemaPath: "#/properties/remembered/items/required", keyword: "required", params: { missingProperty: "publicIpv4" }, message: "must have required property 'publicIpv4'", schema: schema11.properties.remembered.items.required, parentSchema: schema11.properties.remembered.items, data: data55 };
              if (vErrors === null) {
                vErrors = [err133];
              } else {
                vErrors.push(err133);
              }
              errors++;
            }
            for (const key8 in data55) {
              if (!(key8 === "slot" || key8 === "availabilityZone" || key8 === "networkInterfaceId" || key8 === "privateIpv4" || key8 === "ipv6" || key8 === "allocationId" || key8 === "publicIpv4")) {
                const err134 = { instancePath: instancePath + "/remembered/" + i7, schemaPath: "#/properties/remembered/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key8 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.remembered.items, data: data55 };
                if (vErrors === null) {
                  vErrors = [err134];
                } else {
                  vErrors.push(err134);
                }
                errors++;
              }
            }
            if (data55.slot !== void 0) {
              let data56 = data55.slot;
              if (!(typeof data56 == "number" && (!(data56 % 1) && !isNaN(data56)) && isFinite(data56))) {
                const err135 = { instancePath: instancePath + "/remembered/" + i7 + "/slot", schemaPath: "#/properties/remembered/items/properties/slot/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.remembered.items.properties.slot.type, parentSchema: schema11.properties.remembered.items.properties.slot, data: data56 };
                if (vErrors === null) {
                  vErrors = [err135];
                } else {
                  vErrors.push(err135);
                }
                errors++;
              }
              if (typeof data56 == "number" && isFinite(data56)) {
                if (data56 < 0 || isNaN(data56)) {
                  const err136 = { instancePath: instancePath + "/remembered/" + i7 + "/slot", schemaPath: "#/properties/remembered/items/properties/slot/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.remembered.items.properties.slot, data: data56 };
                  if (vErrors === null) {
                    vErrors = [err136];
                  } else {
                    vErrors.push(err136);
                  }
                  errors++;
                }
              }
            }
            if (data55.availabilityZone !== void 0) {
              let data57 = data55.availabilityZone;
              if (typeof data57 === "string") {
                if (func3(data57) < 1) {
                  const err137 = { instancePath: instancePath + "/remembered/" + i7 + "/availabilityZone", schemaPath: "#/properties/remembered/items/properties/availabilityZone/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.remembered.items.properties.availabilityZone, data: data57 };
                  if (vErrors === null) {
                    vErrors = [err137];
                  } else {
                    vErrors.push(err137);
                  }
                  errors++;
                }
              } else {
                const err138 = { instancePath: instancePath + "/remembered/" + i7 + "/availabilityZone", schemaPath: "#/properties/remembered/items/properties/availabilityZone/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.remembered.items.properties.availabilityZone.type, parentSchema: schema11.properties.remembered.items.properties.availabilityZone, data: data57 };
                if (vErrors === null) {
                  vErrors = [err138];
                } else {
                  vErrors.push(err138);
                }
                errors++;
              }
            }
            if (data55.networkInterfaceId !== void 0) {
              let data58 = data55.networkInterfaceId;
              if (typeof data58 === "string") {
                if (!pattern5.test(data58)) {
                  const err139 = { instancePath: instancePath + "/remembered/" + i7 + "/networkInterfaceId", schemaPath: "#/properties/remembered/items/properties/networkInterfaceId/pattern", keyword: "pattern", params: { pattern: "^eni-" }, message: 'must match pattern "^eni-"', schema: "^eni-", parentSchema: schema11.properties.remembered.items.properties.networkInterfaceId, data: data58 };
                  if (vErrors === null) {
                    vErrors = [err139];
                  } else {
                    vErrors.push(err139);
                  }
                  errors++;
                }
              } else {
                const err140 = { instancePath: instancePath + "/remembered/" + i7 + "/networkInterfaceId", schemaPath: "#/properties/remembered/items/properties/networkInterfaceId/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.remembered.items.properties.networkInterfaceId.type, parentSchema: schema11.properties.remembered.items.properties.networkInterfaceId, data: data58 };
                if (vErrors === null) {
                  vErrors = [err140];
                } else {
                  vErrors.push(err140);
                }
                errors++;
              }
            }
            if (data55.privateIpv4 !== void 0) {
              let data59 = data55.privateIpv4;
              if (typeof data59 === "string") {
                if (func3(data59) < 1) {
                  const err141 = { instancePath: instancePath + "/remembered/" + i7 + "/privateIpv4", schemaPath: "#/properties/remembered/items/properties/privateIpv4/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.remembered.items.properties.privateIpv4, data: data59 };
                  if (vErrors === null) {
                    vErrors = [err141];
                  } else {
                    vErrors.push(err141);
                  }
                  errors++;
                }
              } else {
                const err142 = { instancePath: instancePath + "/remembered/" + i7 + "/privateIpv4", schemaPath: "#/properties/remembered/items/properties/privateIpv4/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.remembered.items.properties.privateIpv4.type, parentSchema: schema11.properties.remembered.items.properties.privateIpv4, data: data59 };
                if (vErrors === null) {
                  vErrors = [err142];
                } else {
                  vErrors.push(err142);
                }
                errors++;
              }
            }
            if (data55.ipv6 !== void 0) {
              let data60 = data55.ipv6;
              if (typeof data60 === "string") {
                if (func3(data60) < 1) {
                  const err143 = { instancePath: instancePath + "/remembered/" + i7 + "/ipv6", schemaPath: "#/properties/remembered/items/properties/ipv6/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.remembered.items.properties.ipv6, data: data60 };
                  if (vErrors === null) {
                    vErrors = [err143];
                  } else {
                    vErrors.push(err143);
                  }
                  errors++;
                }
              } else {
                const err144 = { instancePath: instancePath + "/remembered/" + i7 + "/ipv6", schemaPath: "#/properties/remembered/items/properties/ipv6/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.remembered.items.properties.ipv6.type, parentSchema: schema11.properties.remembered.items.properties.ipv6, data: data60 };
                if (vErrors === null) {
                  vErrors = [err144];
                } else {
                  vErrors.push(err144);
                }
                errors++;
              }
            }
            if (data55.allocationId !== void 0) {
              let data61 = data55.allocationId;
              if (typeof data61 === "string") {
                if (!pattern8.test(data61)) {
                  const err145 = { instancePath: instancePath + "/remembered/" + i7 + "/allocationId", schemaPath: "#/properties/remembered/items/properties/allocationId/pattern", keyword: "pattern", params: { pattern: "^eipalloc-" }, message: 'must match pattern "^eipalloc-"', schema: "^eipalloc-", parentSchema: schema11.properties.remembered.items.properties.allocationId, data: data61 };
                  if (vErrors === null) {
                    vErrors = [err145];
                  } else {
                    vErrors.push(err145);
                  }
                  errors++;
                }
              } else {
                const err146 = { instancePath: instancePath + "/remembered/" + i7 + "/allocationId", schemaPath: "#/properties/remembered/items/properties/allocationId/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.remembered.items.properties.allocationId.type, parentSchema: schema11.properties.remembered.items.properties.allocationId, data: data61 };
                if (vErrors === null) {
                  vErrors = [err146];
                } else {
                  vErrors.push(err146);
                }
                errors++;
              }
            }
            if (data55.publicIpv4 !== void 0) {
              let data62 = data55.publicIpv4;
              if (typeof data62 === "string") {
                if (func3(data62) < 1) {
                  const err147 = { instancePath: instancePath + "/remembered/" + i7 + "/publicIpv4", schemaPath: "#/properties/remembered/items/properties/publicIpv4/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.remembered.items.properties.publicIpv4, data: data62 };
                  if (vErrors === null) {
                    vErrors = [err147];
                  } else {
                    vErrors.push(err147);
                  }
                  errors++;
                }
              } else {
                const err148 = { instancePath: instancePath + "/remembered/" + i7 + "/publicIpv4", schemaPath: "#/properties/remembered/items/properties/publicIpv4/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.remembered.items.properties.publicIpv4.type, parentSchema: schema11.properties.remembered.items.properties.publicIpv4, data: data62 };
                if (vErrors === null) {
                  vErrors = [err148];
                } else {
                  vErrors.push(err148);
                }
                errors++;
              }
            }
          } else {
            const err149 = { instancePath: instancePath + "/remembered/" + i7, schemaPath: "#/properties/remembered/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.remembered.items.type, parentSchema: schema11.properties.remembered.items, data: data55 };
            if (vErrors === null) {
              vErrors = [err149];
            } else {
              vErrors.push(err149);
            }
            errors++;
          }
        }
      } else {
        const err150 = { instancePath: instancePath + "/remembered", schemaPath: "#/properties/remembered/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.remembered.type, parentSchema: schema11.properties.remembered, data: data54 };
        if (vErrors === null) {
          vErrors = [err150];
        } else {
          vErrors.push(err150);
        }
        errors++;
      }
    }
    if (data.health !== void 0) {
      let data63 = data.health;
      if (data63 && typeof data63 == "object" && !Array.isArray(data63)) {
        const tag0 = data63.source;
        if (typeof tag0 == "string") {
          if (tag0 === "unreadable") {
            if (data63 && typeof data63 == "object" && !Array.isArray(data63)) {
              if (data63.source === void 0) {
                const err151 = { instancePath: instancePath + "/health", schemaPath: "#/properties/health/oneOf/0/required", keyword: "required", params: { missingProperty: "source" }, message: "must have required property 'source'", schema: schema11.properties.health.oneOf[0].required, parentSchema: schema11.properties.health.oneOf[0], data: data63 };
                if (vErrors === null) {
                  vErrors = [err151];
                } else {
                  vErrors.push(err151);
                }
                errors++;
              }
              if (data63.reason === void 0) {
                const err152 = { instancePath: instancePath + "/health", schemaPath: "#/properties/health/oneOf/0/required", keyword: "required", params: { missingProperty: "reason" }, message: "must have required property 'reason'", schema: schema11.properties.health.oneOf[0].required, parentSchema: schema11.properties.health.oneOf[0], data: data63 };
                if (vErrors === null) {
                  vErrors = [err152];
                } else {
                  vErrors.push(err152);
                }
                errors++;
              }
              for (const key9 in data63) {
                if (!(key9 === "source" || key9 === "reason")) {
                  const err153 = { instancePath: instancePath + "/health", schemaPath: "#/properties/health/oneOf/0/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key9 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.health.oneOf[0], data: data63 };
                  if (vErrors === null) {
                    vErrors = [err153];
                  } else {
                    vErrors.push(err153);
                  }
                  errors++;
                }
              }
              if (data63.source !== void 0) {
                let data64 = data63.source;
                if (typeof data64 !== "string") {
                  const err154 = { instancePath: instancePath + "/health/source", schemaPath: "#/properties/health/oneOf/0/properties/source/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.health.oneOf[0].properties.source.type, parentSchema: schema11.properties.health.oneOf[0].properties.source, data: data64 };
                  if (vErrors === null) {
                    vErrors = [err154];
                  } else {
                    vErrors.push(err154);
                  }
                  errors++;
                }
                if ("unreadable" !== data64) {
                  const err155 = { instancePath: instancePath + "/health/source", schemaPath: "#/properties/health/oneOf/0/properties/source/const", keyword: "const", params: { allowedValue: "unreadable" }, message: "must be equal to constant", schema: "unreadable", parentSchema: schema11.properties.health.oneOf[0].properties.source, data: data64 };
                  if (vErrors === null) {
                    vErrors = [err155];
                  } else {
                    vErrors.push(err155);
                  }
                  errors++;
                }
              }
              if (data63.reason !== void 0) {
                let data65 = data63.reason;
                if (typeof data65 === "string") {
                  if (func3(data65) < 1) {
                    const err156 = { instancePath: instancePath + "/health/reason", schemaPath: "#/properties/health/oneOf/0/properties/reason/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.health.oneOf[0].properties.reason, data: data65 };
                    if (vErrors === null) {
                      vErrors = [err156];
                    } else {
                      vErrors.push(err156);
                    }
                    errors++;
                  }
                } else {
                  const err157 = { instancePath: instancePath + "/health/reason", schemaPath: "#/properties/health/oneOf/0/properties/reason/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.health.oneOf[0].properties.reason.type, parentSchema: schema11.properties.health.oneOf[0].properties.reason, data: data65 };
                  if (vErrors === null) {
                    vErrors = [err157];
                  } else {
                    vErrors.push(err157);
                  }
                  errors++;
                }
              }
            } else {
              const err158 = { instancePath: instancePath + "/health", schemaPath: "#/properties/health/oneOf/0/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.health.oneOf[0].type, parentSchema: schema11.properties.health.oneOf[0], data: data63 };
              if (vErrors === null) {
                vErrors = [err158];
              } else {
                vErrors.push(err158);
              }
              errors++;
            }
          } else if (tag0 === "ecs") {
            if (data63 && typeof data63 == "object" && !Array.isArray(data63)) {
              if (data63.source === void 0) {
                const err159 = { instancePath: instancePath + "/health", schemaPath: "#/properties/health/oneOf/1/required", keyword: "required", params: { missingProperty: "source" }, message: "must have required property 'source'", schema: schema11.properties.health.oneOf[1].required, parentSchema: schema11.properties.health.oneOf[1], data: data63 };
                if (vErrors === null) {
                  vErrors = [err159];
                } else {
                  vErrors.push(err159);
                }
                errors++;
              }
              if (data63.containerInstances === void 0) {
                const err160 = { instancePath: instancePath + "/health", schemaPath: "#/properties/health/oneOf/1/required", keyword: "required", params: { missingProperty: "containerInstances" }, message: "must have required property 'containerInstances'", schema: schema11.properties.health.oneOf[1].required, parentSchema: schema11.properties.health.oneOf[1], data: data63 };
                if (vErrors === null) {
                  vErrors = [err160];
                } else {
                  vErrors.push(err160);
                }
                errors++;
              }
              if (data63.services === void 0) {
                const err161 = { instancePath: instancePath + "/health", schemaPath: "#/properties/health/oneOf/1/required", keyword: "required", params: { missingProperty: "services" }, message: "must have required property 'services'", schema: schema11.properties.health.oneOf[1].required, parentSchema: schema11.properties.health.oneOf[1], data: data63 };
                if (vErrors === null) {
                  vErrors = [err161];
                } else {
                  vErrors.push(err161);
                }
                errors++;
              }
              if (data63.tasks === void 0) {
                const err162 = { instancePath: instancePath + "/health", schemaPath: "#/properties/health/oneOf/1/required", keyword: "required", params: { missingProperty: "tasks" }, message: "must have required property 'tasks'", schema: schema11.properties.health.oneOf[1].required, parentSchema: schema11.properties.health.oneOf[1], data: data63 };
                if (vErrors === null) {
                  vErrors = [err162];
                } else {
                  vErrors.push(err162);
                }
                errors++;
              }
              for (const key10 in data63) {
                if (!(key10 === "source" || key10 === "containerInstances" || key10 === "services" || key10 === "nodeDaemons" || key10 === "taskDefinitions" || key10 === "tasks")) {
                  const err163 = { instancePath: instancePath + "/health", schemaPath: "#/properties/health/oneOf/1/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key10 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.health.oneOf[1], data: data63 };
                  if (vErrors === null) {
                    vErrors = [err163];
                  } else {
                    vErrors.push(err163);
                  }
                  errors++;
                }
              }
              if (data63.source !== void 0) {
                let data66 = data63.source;
                if (typeof data66 !== "string") {
                  const err164 = { instancePath: instancePath + "/health/source", schemaPath: "#/properties/health/oneOf/1/properties/source/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.health.oneOf[1].properties.source.type, parentSchema: schema11.properties.health.oneOf[1].properties.source, data: data66 };
                  if (vErrors === null) {
                    vErrors = [err164];
                  } else {
                    vErrors.push(err164);
                  }
                  errors++;
                }
                if ("ecs" !== data66) {
                  const err165 = { instancePath: instancePath + "/health/source", schemaPath: "#/properties/health/oneOf/1/properties/source/const", keyword: "const", params: { allowedValue: "ecs" }, message: "must be equal to constant", schema: "ecs", parentSchema: schema11.properties.health.oneOf[1].properties.source, data: data66 };
                  if (vErrors === null) {
                    vErrors = [err165];
                  } else {
                    vErrors.push(err165);
                  }
                  errors++;
                }
              }
              if (data63.containerInstances !== void 0) {
                let data67 = data63.containerInstances;
                if (Array.isArray(data67)) {
                  const len8 = data67.length;
                  for (let i8 = 0; i8 < len8; i8++) {
                    let data68 = data67[i8];
                    if (data68 && typeof data68 == "object" && !Array.isArray(data68)) {
                      if (data68.containerInstanceArn === void 0) {
                        const err166 = { instancePath: instancePath + "/health/containerInstances/" + i8, schemaPath: "#/properties/health/oneOf/1/properties/containerInstances/items/required", keyword: "required", params: { missingProperty: "containerInstanceArn" }, message: "must have required property 'containerInstanceArn'", schema: schema11.properties.health.oneOf[1].properties.containerInstances.items.required, parentSchema: schema11.properties.health.oneOf[1].properties.containerInstances.items, data: data68 };
                        if (vErrors === null) {
                          vErrors = [err166];
                        } else {
                          vErrors.push(err166);
                        }
                        errors++;
                      }
                      if (data68.instanceId === void 0) {
                        const err167 = { instancePath: instancePath + "/health/containerInstances/" + i8, schemaPath: "#/properties/health/oneOf/1/properties/containerInstances/items/required", keyword: "required", params: { missingProperty: "instanceId" }, message: "must have required property 'instanceId'", schema: schema11.properties.health.oneOf[1].properties.containerInstances.items.required, parentSchema: schema11.properties.health.oneOf[1].properties.containerInstances.items, data: data68 };
                        if (vErrors === null) {
                          vErrors = [err167];
                        } else {
                          vErrors.push(err167);
                        }
                        errors++;
                      }
                      if (data68.status === void 0) {
                        const err168 = { instancePath: instancePath + "/health/containerInstances/" + i8, schemaPath: "#/properties/health/oneOf/1/properties/containerInstances/items/required", keyword: "required", params: { missingProperty: "status" }, message: "must have required property 'status'", schema: schema11.properties.health.oneOf[1].properties.containerInstances.items.required, parentSchema: schema11.properties.health.oneOf[1].properties.containerInstances.items, data: data68 };
                        if (vErrors === null) {
                          vErrors = [err168];
                        } else {
                          vErrors.push(err168);
                        }
                        errors++;
                      }
                      if (data68.agentConnected === void 0) {
                        const err169 = { instancePath: instancePath + "/health/containerInstances/" + i8, schemaPath: "#/properties/health/oneOf/1/properties/containerInstances/items/required", keyword: "required", params: { missingProperty: "agentConnected" }, message: "must have required property 'agentConnected'", schema: schema11.properties.health.oneOf[1].properties.containerInstances.items.required, parentSchema: schema11.properties.health.oneOf[1].properties.containerInstances.items, data: data68 };
                        if (vErrors === null) {
                          vErrors = [err169];
                        } else {
                          vErrors.push(err169);
                        }
                        errors++;
                      }
                      for (const key11 in data68) {
                        if (!(key11 === "containerInstanceArn" || key11 === "instanceId" || key11 === "status" || key11 === "agentConnected" || key11 === "slot" || key11 === "availabilityZone" || key11 === "drainedBy")) {
                          const err170 = { instancePath: instancePath + "/health/containerInstances/" + i8, schemaPath: "#/properties/health/oneOf/1/properties/containerInstances/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key11 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.health.oneOf[1].properties.containerInstances.items, data: data68 };
                          if (vErrors === null) {
                            vErrors = [err170];
                          } else {
                            vErrors.push(err170);
                          }
                          errors++;
                        }
                      }
                      if (data68.containerInstanceArn !== void 0) {
                        let data69 = data68.containerInstanceArn;
                        if (typeof data69 === "string") {
                          if (func3(data69) < 1) {
                            const err171 = { instancePath: instancePath + "/health/containerInstances/" + i8 + "/containerInstanceArn", schemaPath: "#/properties/health/oneOf/1/properties/containerInstances/items/properties/containerInstanceArn/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.health.oneOf[1].properties.containerInstances.items.properties.containerInstanceArn, data: data69 };
                            if (vErrors === null) {
                              vErrors = [err171];
                            } else {
                              vErrors.push(err171);
                            }
                            errors++;
                          }
                        } else {
                          const err172 = { instancePath: instancePath + "/health/containerInstances/" + i8 + "/containerInstanceArn", schemaPath: "#/properties/health/oneOf/1/properties/containerInstances/items/properties/containerInstanceArn/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.health.oneOf[1].properties.containerInstances.items.properties.containerInstanceArn.type, parentSchema: schema11.properties.health.oneOf[1].properties.containerInstances.items.properties.containerInstanceArn, data: data69 };
                          if (vErrors === null) {
                            vErrors = [err172];
                          } else {
                            vErrors.push(err172);
                          }
                          errors++;
                        }
                      }
                      if (data68.instanceId !== void 0) {
                        let data70 = data68.instanceId;
                        if (typeof data70 !== "string" && data70 !== null) {
                          const err173 = { instancePath: instancePath + "/health/containerInstances/" + i8 + "/instanceId", schemaPath: "#/properties/health/oneOf/1/properties/containerInstances/items/properties/instanceId/type", keyword: "type", params: { type: schema11.properties.health.oneOf[1].properties.containerInstances.items.properties.instanceId.type }, message: "must be string,null", schema: schema11.properties.health.oneOf[1].properties.containerInstances.items.properties.instanceId.type, parentSchema: schema11.properties.health.oneOf[1].properties.containerInstances.items.properties.instanceId, data: data70 };
                          if (vErrors === null) {
                            vErrors = [err173];
                          } else {
                            vErrors.push(err173);
                          }
                          errors++;
                        }
                      }
                      if (data68.status !== void 0) {
                        let data71 = data68.status;
                        if (typeof data71 !== "string") {
                          const err174 = { instancePath: instancePath + "/health/containerInstances/" + i8 + "/status", schemaPath: "#/properties/health/oneOf/1/properties/containerInstances/items/properties/status/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.health.oneOf[1].properties.containerInstances.items.properties.status.type, parentSchema: schema11.properties.health.oneOf[1].properties.containerInstances.items.properties.status, data: data71 };
                          if (vErrors === null) {
                            vErrors = [err174];
                          } else {
                            vErrors.push(err174);
                          }
                          errors++;
                        }
                      }
                      if (data68.agentConnected !== void 0) {
                        let data72 = data68.agentConnected;
                        if (typeof data72 !== "boolean") {
                          const err175 = { instancePath: instancePath + "/health/containerInstances/" + i8 + "/agentConnected", schemaPath: "#/properties/health/oneOf/1/properties/containerInstances/items/properties/agentConnected/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema11.properties.health.oneOf[1].properties.containerInstances.items.properties.agentConnected.type, parentSchema: schema11.properties.health.oneOf[1].properties.containerInstances.items.properties.agentConnected, data: data72 };
                          if (vErrors === null) {
                            vErrors = [err175];
                          } else {
                            vErrors.push(err175);
                          }
                          errors++;
                        }
                      }
                      if (data68.slot !== void 0) {
                        let data73 = data68.slot;
                        if (!(typeof data73 == "number" && (!(data73 % 1) && !isNaN(data73)) && isFinite(data73))) {
                          const err176 = { instancePath: instancePath + "/health/containerInstances/" + i8 + "/slot", schemaPath: "#/properties/health/oneOf/1/properties/containerInstances/items/properties/slot/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.health.oneOf[1].properties.containerInstances.items.properties.slot.type, parentSchema: schema11.properties.health.oneOf[1].properties.containerInstances.items.properties.slot, data: data73 };
                          if (vErrors === null) {
                            vErrors = [err176];
                          } else {
                            vErrors.push(err176);
                          }
                          errors++;
                        }
                        if (typeof data73 == "number" && isFinite(data73)) {
                          if (data73 < 0 || isNaN(data73)) {
                            const err177 = { instancePath: instancePath + "/health/containerInstances/" + i8 + "/slot", schemaPath: "#/properties/health/oneOf/1/properties/containerInstances/items/properties/slot/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.health.oneOf[1].properties.containerInstances.items.properties.slot, data: data73 };
                            if (vErrors === null) {
                              vErrors = [err177];
                            } else {
                              vErrors.push(err177);
                            }
                            errors++;
                          }
                        }
                      }
                      if (data68.availabilityZone !== void 0) {
                        let data74 = data68.availabilityZone;
                        if (typeof data74 !== "string") {
                          const err178 = { instancePath: instancePath + "/health/containerInstances/" + i8 + "/availabilityZone", schemaPath: "#/properties/health/oneOf/1/properties/containerInstances/items/properties/availabilityZone/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.health.oneOf[1].properties.containerInstances.items.properties.availabilityZone.type, parentSchema: schema11.properties.health.oneOf[1].properties.containerInstances.items.properties.availabilityZone, data: data74 };
                          if (vErrors === null) {
                            vErrors = [err178];
                          } else {
                            vErrors.push(err178);
                          }
                          errors++;
                        }
                      }
                      if (data68.drainedBy !== void 0) {
                        let data75 = data68.drainedBy;
                        if (typeof data75 === "string") {
                          if (func3(data75) < 1) {
                            const err179 = { instancePath: instancePath + "/health/containerInstances/" + i8 + "/drainedBy", schemaPath: "#/properties/health/oneOf/1/properties/containerInstances/items/properties/drainedBy/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.health.oneOf[1].properties.containerInstances.items.properties.drainedBy, data: data75 };
                            if (vErrors === null) {
                              vErrors = [err179];
                            } else {
                              vErrors.push(err179);
                            }
                            errors++;
                          }
                        } else {
                          const err180 = { instancePath: instancePath + "/health/containerInstances/" + i8 + "/drainedBy", schemaPath: "#/properties/health/oneOf/1/properties/containerInstances/items/properties/drainedBy/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.health.oneOf[1].properties.containerInstances.items.properties.drainedBy.type, parentSchema: schema11.properties.health.oneOf[1].properties.containerInstances.items.properties.drainedBy, data: data75 };
                          if (vErrors === null) {
                            vErrors = [err180];
                          } else {
                            vErrors.push(err180);
                          }
                          errors++;
                        }
                      }
                    } else {
                      const err181 = { instancePath: instancePath + "/health/containerInstances/" + i8, schemaPath: "#/properties/health/oneOf/1/properties/containerInstances/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.health.oneOf[1].properties.containerInstances.items.type, parentSchema: schema11.properties.health.oneOf[1].properties.containerInstances.items, data: data68 };
                      if (vErrors === null) {
                        vErrors = [err181];
                      } else {
                        vErrors.push(err181);
                      }
                      errors++;
                    }
                  }
                } else {
                  const err182 = { instancePath: instancePath + "/health/containerInstances", schemaPath: "#/properties/health/oneOf/1/properties/containerInstances/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.health.oneOf[1].properties.containerInstances.type, parentSchema: schema11.properties.health.oneOf[1].properties.containerInstances, data: data67 };
                  if (vErrors === null) {
                    vErrors = [err182];
                  } else {
                    vErrors.push(err182);
                  }
                  errors++;
                }
              }
              if (data63.services !== void 0) {
                let data76 = data63.services;
                if (Array.isArray(data76)) {
                  const len9 = data76.length;
                  for (let i9 = 0; i9 < len9; i9++) {
                    let data77 = data76[i9];
                    if (data77 && typeof data77 == "object" && !Array.isArray(data77)) {
                      if (data77.serviceName === void 0) {
                        const err183 = { instancePath: instancePath + "/health/services/" + i9, schemaPath: "#/properties/health/oneOf/1/properties/services/items/required", keyword: "required", params: { missingProperty: "serviceName" }, message: "must have required property 'serviceName'", schema: schema11.properties.health.oneOf[1].properties.services.items.required, parentSchema: schema11.properties.health.oneOf[1].properties.services.items, data: data77 };
                        if (vErrors === null) {
                          vErrors = [err183];
                        } else {
                          vErrors.push(err183);
                        }
                        errors++;
                      }
                      if (data77.scheduling === void 0) {
                        const err184 = { instancePath: instancePath + "/health/services/" + i9, schemaPath: "#/properties/health/oneOf/1/properties/services/items/required", keyword: "required", params: { missingProperty: "scheduling" }, message: "must have required property 'scheduling'", schema: schema11.properties.health.oneOf[1].properties.services.items.required, parentSchema: schema11.properties.health.oneOf[1].properties.services.items, data: data77 };
                        if (vErrors === null) {
                          vErrors = [err184];
                        } else {
                          vErrors.push(err184);
                        }
                        errors++;
                      }
                      if (data77.desiredCount === void 0) {
                        const err185 = { instancePath: instancePath + "/health/services/" + i9, schemaPath: "#/properties/health/oneOf/1/properties/services/items/required", keyword: "required", params: { missingProperty: "desiredCount" }, message: "must have required property 'desiredCount'", schema: schema11.properties.health.oneOf[1].properties.services.items.required, parentSchema: schema11.properties.health.oneOf[1].properties.services.items, data: data77 };
                        if (vErrors === null) {
                          vErrors = [err185];
                        } else {
                          vErrors.push(err185);
                        }
                        errors++;
                      }
                      if (data77.runningCount === void 0) {
                        const err186 = { instancePath: instancePath + "/health/services/" + i9, schemaPath: "#/properties/health/oneOf/1/properties/services/items/required", keyword: "required", params: { missingProperty: "runningCount" }, message: "must have required property 'runningCount'", schema: schema11.properties.health.oneOf[1].properties.services.items.required, parentSchema: schema11.properties.health.oneOf[1].properties.services.items, data: data77 };
                        if (vErrors === null) {
                          vErrors = [err186];
                        } else {
                          vErrors.push(err186);
                        }
                        errors++;
                      }
                      if (data77.deploymentInProgress === void 0) {
                        const err187 = { instancePath: instancePath + "/health/services/" + i9, schemaPath: "#/properties/health/oneOf/1/properties/services/items/required", keyword: "required", params: { missingProperty: "deploymentInProgress" }, message: "must have required property 'deploymentInProgress'", schema: schema11.properties.health.oneOf[1].properties.services.items.required, parentSchema: schema11.properties.health.oneOf[1].properties.services.items, data: data77 };
                        if (vErrors === null) {
                          vErrors = [err187];
                        } else {
                          vErrors.push(err187);
                        }
                        errors++;
                      }
                      for (const key12 in data77) {
                        if (!func2.call(schema11.properties.health.oneOf[1].properties.services.items.properties, key12)) {
                          const err188 = { instancePath: instancePath + "/health/services/" + i9, schemaPath: "#/properties/health/oneOf/1/properties/services/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key12 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.health.oneOf[1].properties.services.items, data: data77 };
                          if (vErrors === null) {
                            vErrors = [err188];
                          } else {
                            vErrors.push(err188);
                          }
                          errors++;
                        }
                      }
                      if (data77.serviceName !== void 0) {
                        let data78 = data77.serviceName;
                        if (typeof data78 === "string") {
                          if (func3(data78) < 1) {
                            const err189 = { instancePath: instancePath + "/health/services/" + i9 + "/serviceName", schemaPath: "#/properties/health/oneOf/1/properties/services/items/properties/serviceName/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.health.oneOf[1].properties.services.items.properties.serviceName, data: data78 };
                            if (vErrors === null) {
                              vErrors = [err189];
                            } else {
                              vErrors.push(err189);
                            }
                            errors++;
                          }
                        } else {
                          const err190 = { instancePath: instancePath + "/health/services/" + i9 + "/serviceName", schemaPath: "#/properties/health/oneOf/1/properties/services/items/properties/serviceName/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.health.oneOf[1].properties.services.items.properties.serviceName.type, parentSchema: schema11.properties.health.oneOf[1].properties.services.items.properties.serviceName, data: data78 };
                          if (vErrors === null) {
                            vErrors = [err190];
                          } else {
                            vErrors.push(err190);
                          }
                          errors++;
                        }
                      }
                      if (data77.scheduling !== void 0) {
                        let data79 = data77.scheduling;
                        if (!(data79 === "DAEMON" || data79 === "REPLICA")) {
                          const err191 = { instancePath: instancePath + "/health/services/" + i9 + "/scheduling", schemaPath: "#/properties/health/oneOf/1/properties/services/items/properties/scheduling/enum", keyword: "enum", params: { allowedValues: schema11.properties.health.oneOf[1].properties.services.items.properties.scheduling.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.health.oneOf[1].properties.services.items.properties.scheduling.enum, parentSchema: schema11.properties.health.oneOf[1].properties.services.items.properties.scheduling, data: data79 };
                          if (vErrors === null) {
                            vErrors = [err191];
                          } else {
                            vErrors.push(err191);
                          }
                          errors++;
                        }
                      }
                      if (data77.desiredCount !== void 0) {
                        let data80 = data77.desiredCount;
                        if (!(typeof data80 == "number" && (!(data80 % 1) && !isNaN(data80)) && isFinite(data80))) {
                          const err192 = { instancePath: instancePath + "/health/services/" + i9 + "/desiredCount", schemaPath: "#/properties/health/oneOf/1/properties/services/items/properties/desiredCount/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.health.oneOf[1].properties.services.items.properties.desiredCount.type, parentSchema: schema11.properties.health.oneOf[1].properties.services.items.properties.desiredCount, data: data80 };
                          if (vErrors === null) {
                            vErrors = [err192];
                          } else {
                            vErrors.push(err192);
                          }
                          errors++;
                        }
                        if (typeof data80 == "number" && isFinite(data80)) {
                          if (data80 < 0 || isNaN(data80)) {
                            const err193 = { instancePath: instancePath + "/health/services/" + i9 + "/desiredCount", schemaPath: "#/properties/health/oneOf/1/properties/services/items/properties/desiredCount/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.health.oneOf[1].properties.services.items.properties.desiredCount, data: data80 };
                            if (vErrors === null) {
                              vErrors = [err193];
                            } else {
                              vErrors.push(err193);
                            }
                            errors++;
                          }
                        }
                      }
                      if (data77.runningCount !== void 0) {
                        let data81 = data77.runningCount;
                        if (!(typeof data81 == "number" && (!(data81 % 1) && !isNaN(data81)) && isFinite(data81))) {
                          const err194 = { instancePath: instancePath + "/health/services/" + i9 + "/runningCount", schemaPath: "#/properties/health/oneOf/1/properties/services/items/properties/runningCount/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.health.oneOf[1].properties.services.items.properties.runningCount.type, parentSchema: schema11.properties.health.oneOf[1].properties.services.items.properties.runningCount, data: data81 };
                          if (vErrors === null) {
                            vErrors = [err194];
                          } else {
                            vErrors.push(err194);
                          }
                          errors++;
                        }
                        if (typeof data81 == "number" && isFinite(data81)) {
                          if (data81 < 0 || isNaN(data81)) {
                            const err195 = { instancePath: instancePath + "/health/services/" + i9 + "/runningCount", schemaPath: "#/properties/health/oneOf/1/properties/services/items/properties/runningCount/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.health.oneOf[1].properties.services.items.properties.runningCount, data: data81 };
                            if (vErrors === null) {
                              vErrors = [err195];
                            } else {
                              vErrors.push(err195);
                            }
                            errors++;
                          }
                        }
                      }
                      if (data77.deploymentInProgress !== void 0) {
                        let data82 = data77.deploymentInProgress;
                        if (typeof data82 !== "boolean") {
                          const err196 = { instancePath: instancePath + "/health/services/" + i9 + "/deploymentInProgress", schemaPath: "#/properties/health/oneOf/1/properties/services/items/properties/deploymentInProgress/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema11.properties.health.oneOf[1].properties.services.items.properties.deploymentInProgress.type, parentSchema: schema11.properties.health.oneOf[1].properties.services.items.properties.deploymentInProgress, data: data82 };
                          if (vErrors === null) {
                            vErrors = [err196];
                          } else {
                            vErrors.push(err196);
                          }
                          errors++;
                        }
                      }
                      if (data77.slots !== void 0) {
                        let data83 = data77.slots;
                        if (Array.isArray(data83)) {
                          const len10 = data83.length;
                          for (let i10 = 0; i10 < len10; i10++) {
                            let data84 = data83[i10];
                            if (!(typeof data84 == "number" && (!(data84 % 1) && !isNaN(data84)) && isFinite(data84))) {
                              const err197 = { instancePath: instancePath + "/health/services/" + i9 + "/slots/" + i10, schemaPath: "#/properties/health/oneOf/1/properties/services/items/properties/slots/items/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.health.oneOf[1].properties.services.items.properties.slots.items.type, parentSchema: schema11.properties.health.oneOf[1].properties.services.items.properties.slots.items, data: data84 };
                              if (vErrors === null) {
                                vErrors = [err197];
                              } else {
                                vErrors.push(err197);
                              }
                              errors++;
                            }
                            if (typeof data84 == "number" && isFinite(data84)) {
                              if (data84 < 0 || isNaN(data84)) {
                                const err198 = { instancePath: instancePath + "/health/services/" + i9 + "/slots/" + i10, schemaPath: "#/properties/health/oneOf/1/properties/services/items/properties/slots/items/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.health.oneOf[1].properties.services.items.properties.slots.items, data: data84 };
                                if (vErrors === null) {
                                  vErrors = [err198];
                                } else {
                                  vErrors.push(err198);
                                }
                                errors++;
                              }
                            }
                          }
                        } else {
                          const err199 = { instancePath: instancePath + "/health/services/" + i9 + "/slots", schemaPath: "#/properties/health/oneOf/1/properties/services/items/properties/slots/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.health.oneOf[1].properties.services.items.properties.slots.type, parentSchema: schema11.properties.health.oneOf[1].properties.services.items.properties.slots, data: data83 };
                          if (vErrors === null) {
                            vErrors = [err199];
                          } else {
                            vErrors.push(err199);
                          }
                          errors++;
                        }
                      }
                      if (data77.everywhere !== void 0) {
                        let data85 = data77.everywhere;
                        if (typeof data85 !== "boolean") {
                          const err200 = { instancePath: instancePath + "/health/services/" + i9 + "/everywhere", schemaPath: "#/properties/health/oneOf/1/properties/services/items/properties/everywhere/type", keyword: "type", params: { type: "boolean" }, message: "must be boolean", schema: schema11.properties.health.oneOf[1].properties.services.items.properties.everywhere.type, parentSchema: schema11.properties.health.oneOf[1].properties.services.items.properties.everywhere, data: data85 };
                          if (vErrors === null) {
                            vErrors = [err200];
                          } else {
                            vErrors.push(err200);
                          }
                          errors++;
                        }
                        if (true !== data85) {
                          const err201 = { instancePath: instancePath + "/health/services/" + i9 + "/everywhere", schemaPath: "#/properties/health/oneOf/1/properties/services/items/properties/everywhere/const", keyword: "const", params: { allowedValue: true }, message: "must be equal to constant", schema: true, parentSchema: schema11.properties.health.oneOf[1].properties.services.items.properties.everywhere, data: data85 };
                          if (vErrors === null) {
                            vErrors = [err201];
                          } else {
                            vErrors.push(err201);
                          }
                          errors++;
                        }
                      }
                      if (data77.cell !== void 0) {
                        let data86 = data77.cell;
                        if (typeof data86 !== "string") {
                          const err202 = { instancePath: instancePath + "/health/services/" + i9 + "/cell", schemaPath: "#/properties/health/oneOf/1/properties/services/items/properties/cell/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.health.oneOf[1].properties.services.items.properties.cell.type, parentSchema: schema11.properties.health.oneOf[1].properties.services.items.properties.cell, data: data86 };
                          if (vErrors === null) {
                            vErrors = [err202];
                          } else {
                            vErrors.push(err202);
                          }
                          errors++;
                        }
                      }
                      if (data77.coreSet !== void 0) {
                        let data87 = data77.coreSet;
                        if (!(typeof data87 == "number" && (!(data87 % 1) && !isNaN(data87)) && isFinite(data87))) {
                          const err203 = { instancePath: instancePath + "/health/services/" + i9 + "/coreSet", schemaPath: "#/properties/health/oneOf/1/properties/services/items/properties/coreSet/type", keyword: "type", params: { type: "integer" }, message: "must be integer", schema: schema11.properties.health.oneOf[1].properties.services.items.properties.coreSet.type, parentSchema: schema11.properties.health.oneOf[1].properties.services.items.properties.coreSet, data: data87 };
                          if (vErrors === null) {
                            vErrors = [err203];
                          } else {
                            vErrors.push(err203);
                          }
                          errors++;
                        }
                        if (typeof data87 == "number" && isFinite(data87)) {
                          if (data87 < 0 || isNaN(data87)) {
                            const err204 = { instancePath: instancePath + "/health/services/" + i9 + "/coreSet", schemaPath: "#/properties/health/oneOf/1/properties/services/items/properties/coreSet/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 }, message: "must be >= 0", schema: 0, parentSchema: schema11.properties.health.oneOf[1].properties.services.items.properties.coreSet, data: data87 };
                            if (vErrors === null) {
                              vErrors = [err204];
                            } else {
                              vErrors.push(err204);
                            }
                            errors++;
                          }
                        }
                      }
                      if (data77.taskDefinitionArn !== void 0) {
                        let data88 = data77.taskDefinitionArn;
                        if (typeof data88 === "string") {
                          if (func3(data88) < 1) {
                            const err205 = { instancePath: instancePath + "/health/services/" + i9 + "/taskDefinitionArn", schemaPath: "#/properties/health/oneOf/1/properties/services/items/properties/taskDefinitionArn/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.health.oneOf[1].properties.services.items.properties.taskDefinitionArn, data: data88 };
                            if (vErrors === null) {
                              vErrors = [err205];
                            } else {
                              vErrors.push(err205);
                            }
                            errors++;
                          }
                        } else {
                          const err206 = { instancePath: instancePath + "/health/services/" + i9 + "/taskDefinitionArn", schemaPath: "#/properties/health/oneOf/1/properties/services/items/properties/taskDefinitionArn/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.health.oneOf[1].properties.services.items.properties.taskDefinitionArn.type, parentSchema: schema11.properties.health.oneOf[1].properties.services.items.properties.taskDefinitionArn, data: data88 };
                          if (vErrors === null) {
                            vErrors = [err206];
                          } else {
                            vErrors.push(err206);
                          }
                          errors++;
                        }
                      }
                    } else {
                      const err207 = { instancePath: instancePath + "/health/services/" + i9, schemaPath: "#/properties/health/oneOf/1/properties/services/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.health.oneOf[1].properties.services.items.type, parentSchema: schema11.properties.health.oneOf[1].properties.services.items, data: data77 };
                      if (vErrors === null) {
                        vErrors = [err207];
                      } else {
                        vErrors.push(err207);
                      }
                      errors++;
                    }
                  }
                } else {
                  const err208 = { instancePath: instancePath + "/health/services", schemaPath: "#/properties/health/oneOf/1/properties/services/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.health.oneOf[1].properties.services.type, parentSchema: schema11.properties.health.oneOf[1].properties.services, data: data76 };
                  if (vErrors === null) {
                    vErrors = [err208];
                  } else {
                    vErrors.push(err208);
                  }
                  errors++;
                }
              }
              if (data63.nodeDaemons !== void 0) {
                let data89 = data63.nodeDaemons;
                if (Array.isArray(data89)) {
                  const len11 = data89.length;
                  for (let i11 = 0; i11 < len11; i11++) {
                    let data90 = data89[i11];
                    if (data90 && typeof data90 == "object" && !Array.isArray(data90)) {
                      if (data90.serviceName === void 0) {
                        const err209 = { instancePath: instancePath + "/health/nodeDaemons/" + i11, schemaPath: "#/properties/health/oneOf/1/properties/nodeDaemons/items/required", keyword: "required", params: { missingProperty: "serviceName" }, message: "must have required property 'serviceName'", schema: schema11.properties.health.oneOf[1].properties.nodeDaemons.items.required, parentSchema: schema11.properties.health.oneOf[1].properties.nodeDaemons.items, data: data90 };
                        if (vErrors === null) {
                          vErrors = [err209];
                        } else {
                          vErrors.push(err209);
                        }
                        errors++;
                      }
                      if (data90.healthyOn === void 0) {
                        const err210 = { instancePath: instancePath + "/health/nodeDaemons/" + i11, schemaPath: "#/properties/health/oneOf/1/properties/nodeDaemons/items/required", keyword: "required", params: { missingProperty: "healthyOn" }, message: "must have required property 'healthyOn'", schema: schema11.properties.health.oneOf[1].properties.nodeDaemons.items.required, parentSchema: schema11.properties.health.oneOf[1].properties.nodeDaemons.items, data: data90 };
                        if (vErrors === null) {
                          vErrors = [err210];
                        } else {
                          vErrors.push(err210);
                        }
                        errors++;
                      }
                      for (const key13 in data90) {
                        if (!(key13 === "serviceName" || key13 === "healthyOn")) {
                          const err211 = { instancePath: instancePath + "/health/nodeDaemons/" + i11, schemaPath: "#/properties/health/oneOf/1/properties/nodeDaemons/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key13 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.health.oneOf[1].properties.nodeDaemons.items, data: data90 };
                          if (vErrors === null) {
                            vErrors = [err211];
                          } else {
                            vErrors.push(err211);
                          }
                          errors++;
                        }
                      }
                      if (data90.serviceName !== void 0) {
                        let data91 = data90.serviceName;
                        if (typeof data91 === "string") {
                          if (func3(data91) < 1) {
                            const err212 = { instancePath: instancePath + "/health/nodeDaemons/" + i11 + "/serviceName", schemaPath: "#/properties/health/oneOf/1/properties/nodeDaemons/items/properties/serviceName/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.health.oneOf[1].properties.nodeDaemons.items.properties.serviceName, data: data91 };
                            if (vErrors === null) {
                              vErrors = [err212];
                            } else {
                              vErrors.push(err212);
                            }
                            errors++;
                          }
                        } else {
                          const err213 = { instancePath: instancePath + "/health/nodeDaemons/" + i11 + "/serviceName", schemaPath: "#/properties/health/oneOf/1/properties/nodeDaemons/items/properties/serviceName/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.health.oneOf[1].properties.nodeDaemons.items.properties.serviceName.type, parentSchema: schema11.properties.health.oneOf[1].properties.nodeDaemons.items.properties.serviceName, data: data91 };
                          if (vErrors === null) {
                            vErrors = [err213];
                          } else {
                            vErrors.push(err213);
                          }
                          errors++;
                        }
                      }
                      if (data90.healthyOn !== void 0) {
                        let data92 = data90.healthyOn;
                        if (Array.isArray(data92)) {
                          const len12 = data92.length;
                          for (let i12 = 0; i12 < len12; i12++) {
                            let data93 = data92[i12];
                            if (typeof data93 === "string") {
                              if (func3(data93) < 1) {
                                const err214 = { instancePath: instancePath + "/health/nodeDaemons/" + i11 + "/healthyOn/" + i12, schemaPath: "#/properties/health/oneOf/1/properties/nodeDaemons/items/properties/healthyOn/items/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.health.oneOf[1].properties.nodeDaemons.items.properties.healthyOn.items, data: data93 };
                                if (vErrors === null) {
                                  vErrors = [err214];
                                } else {
                                  vErrors.push(err214);
                                }
                                errors++;
                              }
                            } else {
                              const err215 = { instancePath: instancePath + "/health/nodeDaemons/" + i11 + "/healthyOn/" + i12, schemaPath: "#/properties/health/oneOf/1/properties/nodeDaemons/items/properties/healthyOn/items/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.health.oneOf[1].properties.nodeDaemons.items.properties.healthyOn.items.type, parentSchema: schema11.properties.health.oneOf[1].properties.nodeDaemons.items.properties.healthyOn.items, data: data93 };
                              if (vErrors === null) {
                                vErrors = [err215];
                              } else {
                                vErrors.push(err215);
                              }
                              errors++;
                            }
                          }
                        } else {
                          const err216 = { instancePath: instancePath + "/health/nodeDaemons/" + i11 + "/healthyOn", schemaPath: "#/properties/health/oneOf/1/properties/nodeDaemons/items/properties/healthyOn/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.health.oneOf[1].properties.nodeDaemons.items.properties.healthyOn.type, parentSchema: schema11.properties.health.oneOf[1].properties.nodeDaemons.items.properties.healthyOn, data: data92 };
                          if (vErrors === null) {
                            vErrors = [err216];
                          } else {
                            vErrors.push(err216);
                          }
                          errors++;
                        }
                      }
                    } else {
                      const err217 = { instancePath: instancePath + "/health/nodeDaemons/" + i11, schemaPath: "#/properties/health/oneOf/1/properties/nodeDaemons/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.health.oneOf[1].properties.nodeDaemons.items.type, parentSchema: schema11.properties.health.oneOf[1].properties.nodeDaemons.items, data: data90 };
                      if (vErrors === null) {
                        vErrors = [err217];
                      } else {
                        vErrors.push(err217);
                      }
                      errors++;
                    }
                  }
                } else {
                  const err218 = { instancePath: instancePath + "/health/nodeDaemons", schemaPath: "#/properties/health/oneOf/1/properties/nodeDaemons/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.health.oneOf[1].properties.nodeDaemons.type, parentSchema: schema11.properties.health.oneOf[1].properties.nodeDaemons, data: data89 };
                  if (vErrors === null) {
                    vErrors = [err218];
                  } else {
                    vErrors.push(err218);
                  }
                  errors++;
                }
              }
              if (data63.taskDefinitions !== void 0) {
                let data94 = data63.taskDefinitions;
                if (Array.isArray(data94)) {
                  const len13 = data94.length;
                  for (let i13 = 0; i13 < len13; i13++) {
                    let data95 = data94[i13];
                    if (data95 && typeof data95 == "object" && !Array.isArray(data95)) {
                      if (data95.taskDefinitionArn === void 0) {
                        const err219 = { instancePath: instancePath + "/health/taskDefinitions/" + i13, schemaPath: "#/properties/health/oneOf/1/properties/taskDefinitions/items/required", keyword: "required", params: { missingProperty: "taskDefinitionArn" }, message: "must have required property 'taskDefinitionArn'", schema: schema11.properties.health.oneOf[1].properties.taskDefinitions.items.required, parentSchema: schema11.properties.health.oneOf[1].properties.taskDefinitions.items, data: data95 };
                        if (vErrors === null) {
                          vErrors = [err219];
                        } else {
                          vErrors.push(err219);
                        }
                        errors++;
                      }
                      if (data95.image === void 0) {
                        const err220 = { instancePath: instancePath + "/health/taskDefinitions/" + i13, schemaPath: "#/properties/health/oneOf/1/properties/taskDefinitions/items/required", keyword: "required", params: { missingProperty: "image" }, message: "must have required property 'image'", schema: schema11.properties.health.oneOf[1].properties.taskDefinitions.items.required, parentSchema: schema11.properties.health.oneOf[1].properties.taskDefinitions.items, data: data95 };
                        if (vErrors === null) {
                          vErrors = [err220];
                        } else {
                          vErrors.push(err220);
                        }
                        errors++;
                      }
                      for (const key14 in data95) {
                        if (!(key14 === "taskDefinitionArn" || key14 === "image" || key14 === "settings")) {
                          const err221 = { instancePath: instancePath + "/health/taskDefinitions/" + i13, schemaPath: "#/properties/health/oneOf/1/properties/taskDefinitions/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key14 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.health.oneOf[1].properties.taskDefinitions.items, data: data95 };
                          if (vErrors === null) {
                            vErrors = [err221];
                          } else {
                            vErrors.push(err221);
                          }
                          errors++;
                        }
                      }
                      if (data95.taskDefinitionArn !== void 0) {
                        let data96 = data95.taskDefinitionArn;
                        if (typeof data96 === "string") {
                          if (func3(data96) < 1) {
                            const err222 = { instancePath: instancePath + "/health/taskDefinitions/" + i13 + "/taskDefinitionArn", schemaPath: "#/properties/health/oneOf/1/properties/taskDefinitions/items/properties/taskDefinitionArn/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.health.oneOf[1].properties.taskDefinitions.items.properties.taskDefinitionArn, data: data96 };
                            if (vErrors === null) {
                              vErrors = [err222];
                            } else {
                              vErrors.push(err222);
                            }
                            errors++;
                          }
                        } else {
                          const err223 = { instancePath: instancePath + "/health/taskDefinitions/" + i13 + "/taskDefinitionArn", schemaPath: "#/properties/health/oneOf/1/properties/taskDefinitions/items/properties/taskDefinitionArn/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.health.oneOf[1].properties.taskDefinitions.items.properties.taskDefinitionArn.type, parentSchema: schema11.properties.health.oneOf[1].properties.taskDefinitions.items.properties.taskDefinitionArn, data: data96 };
                          if (vErrors === null) {
                            vErrors = [err223];
                          } else {
                            vErrors.push(err223);
                          }
                          errors++;
                        }
                      }
                      if (data95.image !== void 0) {
                        let data97 = data95.image;
                        if (typeof data97 === "string") {
                          if (func3(data97) < 1) {
                            const err224 = { instancePath: instancePath + "/health/taskDefinitions/" + i13 + "/image", schemaPath: "#/properties/health/oneOf/1/properties/taskDefinitions/items/properties/image/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.health.oneOf[1].properties.taskDefinitions.items.properties.image, data: data97 };
                            if (vErrors === null) {
                              vErrors = [err224];
                            } else {
                              vErrors.push(err224);
                            }
                            errors++;
                          }
                        } else {
                          const err225 = { instancePath: instancePath + "/health/taskDefinitions/" + i13 + "/image", schemaPath: "#/properties/health/oneOf/1/properties/taskDefinitions/items/properties/image/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.health.oneOf[1].properties.taskDefinitions.items.properties.image.type, parentSchema: schema11.properties.health.oneOf[1].properties.taskDefinitions.items.properties.image, data: data97 };
                          if (vErrors === null) {
                            vErrors = [err225];
                          } else {
                            vErrors.push(err225);
                          }
                          errors++;
                        }
                      }
                      if (data95.settings !== void 0) {
                        let data98 = data95.settings;
                        if (typeof data98 !== "string") {
                          const err226 = { instancePath: instancePath + "/health/taskDefinitions/" + i13 + "/settings", schemaPath: "#/properties/health/oneOf/1/properties/taskDefinitions/items/properties/settings/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.health.oneOf[1].properties.taskDefinitions.items.properties.settings.type, parentSchema: schema11.properties.health.oneOf[1].properties.taskDefinitions.items.properties.settings, data: data98 };
                          if (vErrors === null) {
                            vErrors = [err226];
                          } else {
                            vErrors.push(err226);
                          }
                          errors++;
                        }
                      }
                    } else {
                      const err227 = { instancePath: instancePath + "/health/taskDefinitions/" + i13, schemaPath: "#/properties/health/oneOf/1/properties/taskDefinitions/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.health.oneOf[1].properties.taskDefinitions.items.type, parentSchema: schema11.properties.health.oneOf[1].properties.taskDefinitions.items, data: data95 };
                      if (vErrors === null) {
                        vErrors = [err227];
                      } else {
                        vErrors.push(err227);
                      }
                      errors++;
                    }
                  }
                } else {
                  const err228 = { instancePath: instancePath + "/health/taskDefinitions", schemaPath: "#/properties/health/oneOf/1/properties/taskDefinitions/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.health.oneOf[1].properties.taskDefinitions.type, parentSchema: schema11.properties.health.oneOf[1].properties.taskDefinitions, data: data94 };
                  if (vErrors === null) {
                    vErrors = [err228];
                  } else {
                    vErrors.push(err228);
                  }
                  errors++;
                }
              }
              if (data63.tasks !== void 0) {
                let data99 = data63.tasks;
                if (Array.isArray(data99)) {
                  const len14 = data99.length;
                  for (let i14 = 0; i14 < len14; i14++) {
                    let data100 = data99[i14];
                    if (data100 && typeof data100 == "object" && !Array.isArray(data100)) {
                      if (data100.taskArn === void 0) {
                        const err229 = { instancePath: instancePath + "/health/tasks/" + i14, schemaPath: "#/properties/health/oneOf/1/properties/tasks/items/required", keyword: "required", params: { missingProperty: "taskArn" }, message: "must have required property 'taskArn'", schema: schema11.properties.health.oneOf[1].properties.tasks.items.required, parentSchema: schema11.properties.health.oneOf[1].properties.tasks.items, data: data100 };
                        if (vErrors === null) {
                          vErrors = [err229];
                        } else {
                          vErrors.push(err229);
                        }
                        errors++;
                      }
                      if (data100.serviceName === void 0) {
                        const err230 = { instancePath: instancePath + "/health/tasks/" + i14, schemaPath: "#/properties/health/oneOf/1/properties/tasks/items/required", keyword: "required", params: { missingProperty: "serviceName" }, message: "must have required property 'serviceName'", schema: schema11.properties.health.oneOf[1].properties.tasks.items.required, parentSchema: schema11.properties.health.oneOf[1].properties.tasks.items, data: data100 };
                        if (vErrors === null) {
                          vErrors = [err230];
                        } else {
                          vErrors.push(err230);
                        }
                        errors++;
                      }
                      if (data100.containerInstanceArn === void 0) {
                        const err231 = { instancePath: instancePath + "/health/tasks/" + i14, schemaPath: "#/properties/health/oneOf/1/properties/tasks/items/required", keyword: "required", params: { missingProperty: "containerInstanceArn" }, message: "must have required property 'containerInstanceArn'", schema: schema11.properties.health.oneOf[1].properties.tasks.items.required, parentSchema: schema11.properties.health.oneOf[1].properties.tasks.items, data: data100 };
                        if (vErrors === null) {
                          vErrors = [err231];
                        } else {
                          vErrors.push(err231);
                        }
                        errors++;
                      }
                      if (data100.lastStatus === void 0) {
                        const err232 = { instancePath: instancePath + "/health/tasks/" + i14, schemaPath: "#/properties/health/oneOf/1/properties/tasks/items/required", keyword: "required", params: { missingProperty: "lastStatus" }, message: "must have required property 'lastStatus'", schema: schema11.properties.health.oneOf[1].properties.tasks.items.required, parentSchema: schema11.properties.health.oneOf[1].properties.tasks.items, data: data100 };
                        if (vErrors === null) {
                          vErrors = [err232];
                        } else {
                          vErrors.push(err232);
                        }
                        errors++;
                      }
                      if (data100.healthStatus === void 0) {
                        const err233 = { instancePath: instancePath + "/health/tasks/" + i14, schemaPath: "#/properties/health/oneOf/1/properties/tasks/items/required", keyword: "required", params: { missingProperty: "healthStatus" }, message: "must have required property 'healthStatus'", schema: schema11.properties.health.oneOf[1].properties.tasks.items.required, parentSchema: schema11.properties.health.oneOf[1].properties.tasks.items, data: data100 };
                        if (vErrors === null) {
                          vErrors = [err233];
                        } else {
                          vErrors.push(err233);
                        }
                        errors++;
                      }
                      for (const key15 in data100) {
                        if (!(key15 === "taskArn" || key15 === "serviceName" || key15 === "containerInstanceArn" || key15 === "lastStatus" || key15 === "healthStatus")) {
                          const err234 = { instancePath: instancePath + "/health/tasks/" + i14, schemaPath: "#/properties/health/oneOf/1/properties/tasks/items/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: key15 }, message: "must NOT have additional properties", schema: false, parentSchema: schema11.properties.health.oneOf[1].properties.tasks.items, data: data100 };
                          if (vErrors === null) {
                            vErrors = [err234];
                          } else {
                            vErrors.push(err234);
                          }
                          errors++;
                        }
                      }
                      if (data100.taskArn !== void 0) {
                        let data101 = data100.taskArn;
                        if (typeof data101 === "string") {
                          if (func3(data101) < 1) {
                            const err235 = { instancePath: instancePath + "/health/tasks/" + i14 + "/taskArn", schemaPath: "#/properties/health/oneOf/1/properties/tasks/items/properties/taskArn/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.health.oneOf[1].properties.tasks.items.properties.taskArn, data: data101 };
                            if (vErrors === null) {
                              vErrors = [err235];
                            } else {
                              vErrors.push(err235);
                            }
                            errors++;
                          }
                        } else {
                          const err236 = { instancePath: instancePath + "/health/tasks/" + i14 + "/taskArn", schemaPath: "#/properties/health/oneOf/1/properties/tasks/items/properties/taskArn/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.health.oneOf[1].properties.tasks.items.properties.taskArn.type, parentSchema: schema11.properties.health.oneOf[1].properties.tasks.items.properties.taskArn, data: data101 };
                          if (vErrors === null) {
                            vErrors = [err236];
                          } else {
                            vErrors.push(err236);
                          }
                          errors++;
                        }
                      }
                      if (data100.serviceName !== void 0) {
                        let data102 = data100.serviceName;
                        if (typeof data102 === "string") {
                          if (func3(data102) < 1) {
                            const err237 = { instancePath: instancePath + "/health/tasks/" + i14 + "/serviceName", schemaPath: "#/properties/health/oneOf/1/properties/tasks/items/properties/serviceName/minLength", keyword: "minLength", params: { limit: 1 }, message: "must NOT have fewer than 1 characters", schema: 1, parentSchema: schema11.properties.health.oneOf[1].properties.tasks.items.properties.serviceName, data: data102 };
                            if (vErrors === null) {
                              vErrors = [err237];
                            } else {
                              vErrors.push(err237);
                            }
                            errors++;
                          }
                        } else {
                          const err238 = { instancePath: instancePath + "/health/tasks/" + i14 + "/serviceName", schemaPath: "#/properties/health/oneOf/1/properties/tasks/items/properties/serviceName/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.health.oneOf[1].properties.tasks.items.properties.serviceName.type, parentSchema: schema11.properties.health.oneOf[1].properties.tasks.items.properties.serviceName, data: data102 };
                          if (vErrors === null) {
                            vErrors = [err238];
                          } else {
                            vErrors.push(err238);
                          }
                          errors++;
                        }
                      }
                      if (data100.containerInstanceArn !== void 0) {
                        let data103 = data100.containerInstanceArn;
                        if (typeof data103 !== "string" && data103 !== null) {
                          const err239 = { instancePath: instancePath + "/health/tasks/" + i14 + "/containerInstanceArn", schemaPath: "#/properties/health/oneOf/1/properties/tasks/items/properties/containerInstanceArn/type", keyword: "type", params: { type: schema11.properties.health.oneOf[1].properties.tasks.items.properties.containerInstanceArn.type }, message: "must be string,null", schema: schema11.properties.health.oneOf[1].properties.tasks.items.properties.containerInstanceArn.type, parentSchema: schema11.properties.health.oneOf[1].properties.tasks.items.properties.containerInstanceArn, data: data103 };
                          if (vErrors === null) {
                            vErrors = [err239];
                          } else {
                            vErrors.push(err239);
                          }
                          errors++;
                        }
                      }
                      if (data100.lastStatus !== void 0) {
                        let data104 = data100.lastStatus;
                        if (typeof data104 !== "string") {
                          const err240 = { instancePath: instancePath + "/health/tasks/" + i14 + "/lastStatus", schemaPath: "#/properties/health/oneOf/1/properties/tasks/items/properties/lastStatus/type", keyword: "type", params: { type: "string" }, message: "must be string", schema: schema11.properties.health.oneOf[1].properties.tasks.items.properties.lastStatus.type, parentSchema: schema11.properties.health.oneOf[1].properties.tasks.items.properties.lastStatus, data: data104 };
                          if (vErrors === null) {
                            vErrors = [err240];
                          } else {
                            vErrors.push(err240);
                          }
                          errors++;
                        }
                      }
                      if (data100.healthStatus !== void 0) {
                        let data105 = data100.healthStatus;
                        if (!(data105 === "HEALTHY" || data105 === "UNHEALTHY" || data105 === "UNKNOWN")) {
                          const err241 = { instancePath: instancePath + "/health/tasks/" + i14 + "/healthStatus", schemaPath: "#/properties/health/oneOf/1/properties/tasks/items/properties/healthStatus/enum", keyword: "enum", params: { allowedValues: schema11.properties.health.oneOf[1].properties.tasks.items.properties.healthStatus.enum }, message: "must be equal to one of the allowed values", schema: schema11.properties.health.oneOf[1].properties.tasks.items.properties.healthStatus.enum, parentSchema: schema11.properties.health.oneOf[1].properties.tasks.items.properties.healthStatus, data: data105 };
                          if (vErrors === null) {
                            vErrors = [err241];
                          } else {
                            vErrors.push(err241);
                          }
                          errors++;
                        }
                      }
                    } else {
                      const err242 = { instancePath: instancePath + "/health/tasks/" + i14, schemaPath: "#/properties/health/oneOf/1/properties/tasks/items/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.health.oneOf[1].properties.tasks.items.type, parentSchema: schema11.properties.health.oneOf[1].properties.tasks.items, data: data100 };
                      if (vErrors === null) {
                        vErrors = [err242];
                      } else {
                        vErrors.push(err242);
                      }
                      errors++;
                    }
                  }
                } else {
                  const err243 = { instancePath: instancePath + "/health/tasks", schemaPath: "#/properties/health/oneOf/1/properties/tasks/type", keyword: "type", params: { type: "array" }, message: "must be array", schema: schema11.properties.health.oneOf[1].properties.tasks.type, parentSchema: schema11.properties.health.oneOf[1].properties.tasks, data: data99 };
                  if (vErrors === null) {
                    vErrors = [err243];
                  } else {
                    vErrors.push(err243);
                  }
                  errors++;
                }
              }
            } else {
              const err244 = { instancePath: instancePath + "/health", schemaPath: "#/properties/health/oneOf/1/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.health.oneOf[1].type, parentSchema: schema11.properties.health.oneOf[1], data: data63 };
              if (vErrors === null) {
                vErrors = [err244];
              } else {
                vErrors.push(err244);
              }
              errors++;
            }
          } else {
            const err245 = { instancePath: instancePath + "/health", schemaPath: "#/properties/health/discriminator", keyword: "discriminator", params: { error: "mapping", tag: "source", tagValue: tag0 }, message: 'value of tag "source" must be in oneOf', schema: schema11.properties.health.discriminator, parentSchema: schema11.properties.health, data: data63 };
            if (vErrors === null) {
              vErrors = [err245];
            } else {
              vErrors.push(err245);
            }
            errors++;
          }
        } else {
          const err246 = { instancePath: instancePath + "/health", schemaPath: "#/properties/health/discriminator", keyword: "discriminator", params: { error: "tag", tag: "source", tagValue: tag0 }, message: 'tag "source" must be string', schema: schema11.properties.health.discriminator, parentSchema: schema11.properties.health, data: data63 };
          if (vErrors === null) {
            vErrors = [err246];
          } else {
            vErrors.push(err246);
          }
          errors++;
        }
      } else {
        const err247 = { instancePath: instancePath + "/health", schemaPath: "#/properties/health/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.properties.health.type, parentSchema: schema11.properties.health, data: data63 };
        if (vErrors === null) {
          vErrors = [err247];
        } else {
          vErrors.push(err247);
        }
        errors++;
      }
    }
  } else {
    const err248 = { instancePath, schemaPath: "#/type", keyword: "type", params: { type: "object" }, message: "must be object", schema: schema11.type, parentSchema: schema11, data };
    if (vErrors === null) {
      vErrors = [err248];
    } else {
      vErrors.push(err248);
    }
    errors++;
  }
  validate10.errors = vErrors;
  return errors === 0;
}
