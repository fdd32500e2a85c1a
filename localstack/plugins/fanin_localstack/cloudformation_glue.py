"""``AWS::Glue::Database`` and ``AWS::Glue::Table`` for CloudFormation."""

from __future__ import annotations

import contextlib
from typing import Any, ClassVar

from localstack.services.cloudformation.provider_utils import generate_default_name
from localstack.services.cloudformation.resource_provider import ProgressEvent, ResourceProvider, ResourceRequest

from fanin_localstack.cloudformation_resources import Model, ProviderPlugin, done


class GlueDatabaseProvider(ResourceProvider[Model]):
    TYPE = "AWS::Glue::Database"
    SCHEMA: ClassVar[Model] = {
        "typeName": TYPE,
        "properties": {"CatalogId": {}, "DatabaseInput": {}, "DatabaseName": {}},
        "required": ["CatalogId", "DatabaseInput"],
        "createOnlyProperties": ["/properties/DatabaseName"],
        "primaryIdentifier": ["/properties/DatabaseName"],
    }

    def create(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        model = request.desired_state
        model["DatabaseName"] = self._name(request)
        _glue(request).create_database(**_catalog(model), DatabaseInput=self._input(model))
        return done(request, model)

    def read(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        model = request.desired_state
        database = _glue(request).get_database(Name=model["DatabaseName"])["Database"]
        return done(request, {**model, "DatabaseInput": _only(database, "DatabaseInput", request)})

    def update(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        model, previous = request.desired_state, request.previous_state or {}
        model["DatabaseName"] = self._name(request)
        if previous.get("DatabaseName", model["DatabaseName"]) != model["DatabaseName"]:
            self._delete(request, previous)
            return self.create(request)
        _glue(request).update_database(**_catalog(model), Name=model["DatabaseName"], DatabaseInput=self._input(model))
        return done(request, model)

    def delete(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        self._delete(request, request.desired_state)
        return done(request, request.desired_state)

    @staticmethod
    def _delete(request: ResourceRequest[Model], model: Model) -> None:
        glue = _glue(request)
        with contextlib.suppress(glue.exceptions.EntityNotFoundException):
            glue.delete_database(**_catalog(model), Name=model["DatabaseName"])

    @staticmethod
    def _name(request: ResourceRequest[Model]) -> str:
        model, previous = request.desired_state, request.previous_state or {}
        given = model.get("DatabaseName") or model["DatabaseInput"].get("Name")
        return given or previous.get("DatabaseName") or _generated_name(request)

    @staticmethod
    def _input(model: Model) -> Model:
        return {**model["DatabaseInput"], "Name": model["DatabaseName"]}


class GlueTableProvider(ResourceProvider[Model]):
    TYPE = "AWS::Glue::Table"
    SCHEMA: ClassVar[Model] = {
        "typeName": TYPE,
        "properties": {"CatalogId": {}, "DatabaseName": {}, "Id": {}, "OpenTableFormatInput": {}, "TableInput": {}},
        "required": ["CatalogId", "DatabaseName", "TableInput"],
        "createOnlyProperties": ["/properties/CatalogId", "/properties/DatabaseName"],
        "readOnlyProperties": ["/properties/Id"],
        "primaryIdentifier": ["/properties/Id"],
    }

    def create(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        model = request.desired_state
        model["Id"] = self._name(request)
        _glue(request).create_table(
            **_catalog(model), DatabaseName=model["DatabaseName"], TableInput=self._input(model)
        )
        return done(request, model)

    def read(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        model = request.desired_state
        table = _glue(request).get_table(DatabaseName=model["DatabaseName"], Name=model["Id"])["Table"]
        return done(request, {**model, "TableInput": _only(table, "TableInput", request)})

    def update(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        """Replaces the whole table input, as AWS does: parameters that others wrote are gone afterwards."""
        model, previous = request.desired_state, request.previous_state or {}
        model["Id"] = self._name(request)
        if previous and (previous["DatabaseName"], previous.get("Id")) != (model["DatabaseName"], model["Id"]):
            self._delete(request, previous)
            return self.create(request)
        _glue(request).update_table(
            **_catalog(model), DatabaseName=model["DatabaseName"], TableInput=self._input(model)
        )
        return done(request, model)

    def delete(self, request: ResourceRequest[Model]) -> ProgressEvent[Model]:
        self._delete(request, request.desired_state)
        return done(request, request.desired_state)

    @staticmethod
    def _delete(request: ResourceRequest[Model], model: Model) -> None:
        glue = _glue(request)
        with contextlib.suppress(glue.exceptions.EntityNotFoundException):
            glue.delete_table(**_catalog(model), DatabaseName=model["DatabaseName"], Name=model["Id"])

    @staticmethod
    def _name(request: ResourceRequest[Model]) -> str:
        previous = request.previous_state or {}
        return request.desired_state["TableInput"].get("Name") or previous.get("Id") or _generated_name(request)

    @staticmethod
    def _input(model: Model) -> Model:
        return {**model["TableInput"], "Name": model["Id"]}


class GlueDatabasePlugin(ProviderPlugin):
    name = GlueDatabaseProvider.TYPE
    provider = GlueDatabaseProvider


class GlueTablePlugin(ProviderPlugin):
    name = GlueTableProvider.TYPE
    provider = GlueTableProvider


def _glue(request: ResourceRequest[Model]) -> Any:
    return request.aws_client_factory.glue


def _catalog(model: Model) -> Model:
    return {"CatalogId": str(model["CatalogId"])} if model.get("CatalogId") else {}


def _generated_name(request: ResourceRequest[Model]) -> str:
    return generate_default_name(request.stack_name, request.logical_resource_id).lower()


def _only(described: Model, input_member: str, request: ResourceRequest[Model]) -> Model:
    """The part of a description that belongs to the input of its creation."""
    operation = "Create" + input_member.removesuffix("Input")
    shape = _glue(request).meta.service_model.operation_model(operation).input_shape.members[input_member]
    return {name: value for name, value in described.items() if name in shape.members}
